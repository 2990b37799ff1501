using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Tests.Exchange;
using Spectrum.PrivacyFlows.Tests.Templates;

namespace Spectrum.PrivacyFlows.Tests.Deployment;

/// <summary>What the deployable is made of, as MSBuild works it out, and that it is what the tests ran.</summary>
public sealed class AzureBuildTests
{
    private const string Project = "functions/Spectrum.PrivacyFlows.csproj";
    private const string Managed = "Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged";

    [Fact]
    public async Task APlainPublish_IsForTheScheduler_AndNothingOfLocalIsInIt()
    {
        var build = await EvaluateAsync("-p:_IsPublishing=true");
        Assert.Equal("Scheduler", (string?)build["Properties"]!["DurableBackend"]);
        Assert.Contains("host.json", Items(build, "Content"));
        Assert.DoesNotContain("host.storage.json", Items(build, "Content"));
        Assert.Contains(Managed, Items(build, "PackageReference"));
        AssertNothingLocal(build);
    }

    [Fact]
    public async Task ABuildOnThisMachine_NeedsNoPackageOfTheScheduler()
    {
        var build = await EvaluateAsync();
        Assert.Equal("Storage", (string?)build["Properties"]!["DurableBackend"]);
        Assert.DoesNotContain(Managed, Items(build, "PackageReference"));
        AssertNothingLocal(build);
    }

    [Fact]
    public async Task WithStorage_TheHostFileAndPackagesAreItsOwn()
    {
        var build = await EvaluateAsync("-p:_IsPublishing=true", "-p:DurableBackend=Storage");
        Assert.Contains("host.storage.json", Items(build, "Content"));
        Assert.DoesNotContain("host.json", Items(build, "Content"));
        Assert.DoesNotContain(Managed, Items(build, "PackageReference"));
        Assert.Equal(
            "host.json",
            (string?)build["Items"]!["Content"]!.AsArray().Single(item => (string?)item!["Identity"] == "host.storage.json")!["Link"]);
    }

    [Fact]
    public async Task TheEnvironment_MayChooseTheBackend() =>
        Assert.Equal(
            "storage",
            (string?)(await EvaluateAsync(["-p:_IsPublishing=true"], ("DURABLE_BACKEND", "storage")))["Properties"]!["DurableBackend"]);

    [Fact]
    public async Task AWrongBackend_IsNamed()
    {
        var (code, output) = await MSBuildAsync(["-t:CheckDurableBackend", "-p:DurableBackend=Postgres"]);
        Assert.NotEqual(0, code);
        Assert.Contains("DurableBackend is 'Postgres'; it must be Scheduler or Storage.", output, StringComparison.Ordinal);
    }

    /// <summary>What the tests ran is what is deployed: the same assembly of ours, to the last bit.</summary>
    [Fact]
    public async Task WhatIsPublished_IsWhatTheTestsRan()
    {
        var output = Directory.CreateTempSubdirectory("privacyflows-published-");
        try
        {
            var configuration = typeof(Composition).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
            var (code, said) = await DotnetAsync(
                ["publish", Project, "-c", configuration, "-p:DurableBackend=Storage", "--no-restore", "-o", output.FullName, "-nologo"]);
            Assert.True(code == 0, said);
            var published = await File.ReadAllBytesAsync(
                Path.Combine(output.FullName, "Spectrum.PrivacyFlows.dll"), TestContext.Current.CancellationToken);
            Assert.Equal(
                await File.ReadAllBytesAsync(typeof(Composition).Assembly.Location, TestContext.Current.CancellationToken), published);
            Assert.DoesNotContain(output.EnumerateFiles("*", SearchOption.AllDirectories), file =>
                file.Name.StartsWith("Local", StringComparison.Ordinal)
                || file.Name.StartsWith("local.settings", StringComparison.Ordinal));
            Assert.True(
                File.Exists(Path.Combine(output.FullName, ".azurefunctions", "DurableTask.AzureStorage.dll")),
                "The extensions that the Functions host loads are missing.");
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }

    private static void AssertNothingLocal(JsonNode build)
    {
        Assert.Empty(Items(build, "ProjectReference"));
        var files = Items(build, "Compile").Concat(Items(build, "Content")).Concat(Items(build, "EmbeddedResource")).ToList();
        Assert.NotEmpty(files);
        Assert.DoesNotContain(
            files, file => file.Contains("local/", StringComparison.Ordinal) || file.Contains("local.settings", StringComparison.Ordinal));
        Assert.DoesNotContain(
            files, file => file.StartsWith("obj/", StringComparison.Ordinal) || file.StartsWith("bin/", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Items(JsonNode build, string kind) =>
        build["Items"]![kind]!.AsArray().Select(item => ((string)item!["Identity"]!).Replace('\\', '/'));

    private static Task<JsonNode> EvaluateAsync(params string[] properties) => EvaluateAsync(properties, ("DURABLE_BACKEND", ""));

    private static async Task<JsonNode> EvaluateAsync(string[] properties, (string Name, string Value) environment)
    {
        var (code, output) = await MSBuildAsync(
            ["-getProperty:DurableBackend", "-getItem:Compile,Content,EmbeddedResource,PackageReference,ProjectReference", .. properties],
            environment);
        Assert.True(code == 0, output);
        return JsonNode.Parse(output)!;
    }

    private static Task<(int Code, string Output)> MSBuildAsync(string[] arguments, params (string Name, string Value)[] environment) =>
        DotnetAsync(["msbuild", Project, "-nologo", .. arguments], environment);

    private static async Task<(int Code, string Output)> DotnetAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = Repository.Root };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
