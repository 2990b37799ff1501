using System.Diagnostics;
using System.Text.Json.Nodes;
using Spectrum.PrivacyFlows.Tests.Templates;

namespace Spectrum.PrivacyFlows.Tests.Deployment;

/// <summary>What the deployable is made of, as MSBuild works it out. Compiling it takes the official packages: .ci/run does, where they can be had.</summary>
public sealed class AzureBuildTests
{
    private const string Managed = "Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged";

    [Fact]
    public async Task APlainPublish_IsForAzure_AndNothingOfLocalIsInIt()
    {
        var build = await EvaluateAsync("-p:_IsPublishing=true");
        Assert.Equal("Azure", (string?)build["Properties"]!["FunctionsRuntime"]);
        Assert.Equal("Scheduler", (string?)build["Properties"]!["DurableBackend"]);
        Assert.Empty(Items(build, "ProjectReference"));
        var files = Items(build, "Compile").Concat(Items(build, "Content")).Concat(Items(build, "EmbeddedResource")).Select(file => file.Replace('\\', '/')).ToList();
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => file.Contains("local/", StringComparison.Ordinal) || file.Contains("local.settings", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.StartsWith("obj/", StringComparison.Ordinal) || file.StartsWith("bin/", StringComparison.Ordinal));
        Assert.DoesNotContain(Items(build, "Using"), space => space.StartsWith("LocalFunctions", StringComparison.Ordinal));
        Assert.Contains("../host.json", files);
        Assert.Contains(Managed, Items(build, "PackageReference"));
    }

    [Fact]
    public async Task WithStorage_TheHostFileAndPackagesAreItsOwn()
    {
        var build = await EvaluateAsync("-p:FunctionsRuntime=Azure", "-p:DurableBackend=Storage");
        Assert.Contains("../host.storage.json", Items(build, "Content"));
        Assert.DoesNotContain("../host.json", Items(build, "Content"));
        Assert.DoesNotContain(Managed, Items(build, "PackageReference"));
        Assert.Equal("host.json", (string?)build["Items"]!["Content"]!.AsArray().Single(item => (string?)item!["Identity"] == "../host.storage.json")!["Link"]);
    }

    [Fact]
    public async Task TheEnvironment_MayChooseTheBackend() =>
        Assert.Equal("storage", (string?)(await EvaluateAsync(["-p:FunctionsRuntime=Azure"], ("DURABLE_BACKEND", "storage")))["Properties"]!["DurableBackend"]);

    [Fact]
    public async Task AWrongBackend_IsNamed()
    {
        var (code, output) = await MSBuildAsync(["-t:CheckDurableBackend", "-p:DurableBackend=Postgres"]);
        Assert.NotEqual(0, code);
        Assert.Contains("DurableBackend is 'Postgres'; it must be Scheduler or Storage.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALocalBuild_TakesNoOfficialPackage() =>
        Assert.DoesNotContain(Items(await EvaluateAsync(), "PackageReference"), package => package.StartsWith("Microsoft.Azure.Functions", StringComparison.Ordinal));

    private static IEnumerable<string> Items(JsonNode build, string kind) => build["Items"]![kind]!.AsArray().Select(item => ((string)item!["Identity"]!).Replace('\\', '/'));

    private static Task<JsonNode> EvaluateAsync(params string[] properties) => EvaluateAsync(properties, ("DURABLE_BACKEND", ""));

    private static async Task<JsonNode> EvaluateAsync(string[] properties, (string Name, string Value) environment)
    {
        var (code, output) = await MSBuildAsync(["-getProperty:FunctionsRuntime,DurableBackend", "-getItem:Compile,Content,EmbeddedResource,PackageReference,ProjectReference,Using", .. properties], environment);
        Assert.True(code == 0, output);
        return JsonNode.Parse(output)!;
    }

    private static async Task<(int Code, string Output)> MSBuildAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = Repository.Root };
        foreach (var argument in (string[])["msbuild", "functions/Spectrum.PrivacyFlows.csproj", "-nologo", .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
