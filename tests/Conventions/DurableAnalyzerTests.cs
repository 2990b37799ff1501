using System.Collections.Immutable;
using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Spectrum.PrivacyFlows.Tests.Exchange;

namespace Spectrum.PrivacyFlows.Tests.Conventions;

/// <summary>
/// Microsoft's analysers watch over orchestrations: they are there, they find what they are there for, and they find nothing here.
/// </summary>
public sealed class DurableAnalyzerTests
{
    private static readonly string Analyzers = typeof(DurableAnalyzerTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "DurableAnalyzers").Value!;

    public static TheoryData<string, string> Mistakes => new()
    {
        { "DURABLE0001", "_ = System.DateTime.UtcNow;" },
        { "DURABLE0001", "_ = System.DateTime.Now;" },
        { "DURABLE0001", "_ = System.DateTime.Today;" },
        { "DURABLE0001", "_ = System.DateTimeOffset.UtcNow;" },
        { "DURABLE0001", "_ = System.DateTimeOffset.Now;" },
        { "DURABLE0001", "_ = System.TimeProvider.System.GetUtcNow();" },
        { "DURABLE0002", "_ = System.Guid.NewGuid();" },
        { "DURABLE0003", "await Task.Delay(1);" },
        { "DURABLE0003", "await Task.Delay(System.TimeSpan.Zero, CancellationToken.None);" },
        { "DURABLE0003", "System.Threading.Thread.Sleep(1);" },
        { "DURABLE0004", "await Task.Run(() => 1);" },
        { "DURABLE0005", "using var http = new System.Net.Http.HttpClient();" },
        { "DURABLE0005", "_ = await new Azure.Storage.Blobs.BlobClient(\"\", \"\", \"\").ExistsAsync();" },
        { "DURABLE0005", "_ = new Azure.Data.Tables.TableClient(\"\", \"\");" },
        { "DURABLE0006", "_ = System.Environment.GetEnvironmentVariable(\"X\");" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task GivenAMistakeInAnOrchestration_WhenAnalysed_ThenItIsReported(string rule, string code) =>
        Assert.Contains(rule, (await AnalyseAsync(code, "")).Select(found => found.Id));

    /// <summary>Steps of the story are extension methods in files of their own.</summary>
    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task GivenAMistakeInAStepThatItCalls_WhenAnalysed_ThenItIsReported(string rule, string code) =>
        Assert.Contains(rule, (await AnalyseAsync("await context.Step();", code)).Select(found => found.Id));

    [Fact]
    public async Task GivenNoMistake_WhenAnalysed_ThenNothingIsReported() =>
        Assert.Empty(await AnalyseAsync("_ = context.CurrentUtcDateTime; await context.Step();", "_ = context.NewGuid();"));

    [Fact]
    public async Task GivenTheApp_WhenAnalysed_ThenNothingIsReported() =>
        Assert.Empty((await AnalyseAsync(SourceTree.Compilation)).Select(found => found.ToString()));

    [Fact]
    public void GivenTheAppsProject_WhenBuilt_ThenTheyTakePart()
    {
        var reference = Assert.Single(
            XDocument.Load(Path.Combine(SourceTree.Root, "functions", "Spectrum.PrivacyFlows.csproj")).Descendants("PackageReference"),
            package => (string?)package.Attribute("Include") == "Microsoft.DurableTask.Analyzers");
        Assert.Equal(["Include", "PrivateAssets"], reference.Attributes().Select(attribute => attribute.Name.LocalName).Order());
        Assert.All(SilencedIn(Path.Combine(SourceTree.Root, ".editorconfig")), section =>
            Assert.StartsWith("[tests/", section, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "functions"), ".editorconfig", SearchOption.AllDirectories));
        Assert.DoesNotContain(
            "DURABLE0", File.ReadAllText(Path.Combine(SourceTree.Root, "Directory.Build.props")), StringComparison.Ordinal);
    }

    /// <summary>The sections that say something of these rules.</summary>
    private static IEnumerable<string> SilencedIn(string editorConfig)
    {
        var section = "";
        foreach (var line in File.ReadLines(editorConfig))
        {
            section = line.StartsWith('[') ? line : section;
            if (line.Contains("DURABLE", StringComparison.OrdinalIgnoreCase))
                yield return section;
        }
    }

    private static Task<ImmutableArray<Diagnostic>> AnalyseAsync(string story, string step)
    {
        var code = CSharpSyntaxTree.ParseText($$"""
            using System.Threading;
            using System.Threading.Tasks;
            using Microsoft.Azure.Functions.Worker;
            using Microsoft.DurableTask;

            public static class Story
            {
                [Function("Story")]
                public static async Task Tell([OrchestrationTrigger] TaskOrchestrationContext context)
                {
                    {{story}}
                    await context.CreateTimer(context.CurrentUtcDateTime, CancellationToken.None);
                }

                private static async Task Step(this TaskOrchestrationContext context)
                {
                    {{step}}
                    await context.CreateTimer(context.CurrentUtcDateTime, CancellationToken.None);
                }
            }
            """);
        var compilation = CSharpCompilation.Create(
            "Story", [code], SourceTree.Compilation.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error));
        return AnalyseAsync(compilation);
    }

    private static Task<ImmutableArray<Diagnostic>> AnalyseAsync(Compilation compilation)
    {
        var analyzers = new AnalyzerFileReference(Analyzers, new Loader()).GetAnalyzers(LanguageNames.CSharp);
        Assert.NotEmpty(analyzers);
        return compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
