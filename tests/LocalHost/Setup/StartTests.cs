using System.Net;
using System.Net.Sockets;
using LocalMachine;
using Spectrum.PrivacyFlows.Tests.Exchange;
using Spectrum.PrivacyFlows.Tests.Upgrades;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Setup;

/// <summary>Starting where something is in the way, side by side, and again.</summary>
public sealed class StartTests(AzuriteFixture azurite)
{
    private const string Nowhere =
        "AccountName=devstoreaccount1;AccountKey=a2V5;" +
        "BlobEndpoint=http://127.0.0.1:1/devstoreaccount1;TableEndpoint=http://127.0.0.1:1/devstoreaccount1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenSeveralHosts_WhenTheyRunSideBySide_ThenEachAnswersForItself()
    {
        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => HostUnderTest.StartAsync(azurite)));
        try
        {
            foreach (var host in hosts)
                host.Book.Orchestrator("Story", _ => Task.FromResult<object?>(host.Hub));
            foreach (var host in hosts)
                Assert.Equal($"\"{host.Hub}\"", (await host.RunAsync("Story")).SerializedOutput);
        }
        finally
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
        }
    }

    /// <summary>The worker looks for an app's code where the process has but one place for it.</summary>
    [Fact]
    public async Task GivenTwoAppsInOneProcess_WhenTheyStartAtOnce_ThenEachHasItsOwnFunctions()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(number % 2 == 0 ? OneAsync : OtherAsync, Cancellation)));

        async Task OneAsync()
        {
            await using var host = await HostUnderTest.StartAsync(azurite);
            Assert.Equal("thing 1", await host.Http.GetStringAsync("api/things/1", Cancellation));
        }

        async Task OtherAsync()
        {
            await using var story = await StoryHost.StartAsync(azurite, understood: false);
            await story.AnswerAsync("sorting", "answered");
            Assert.NotEmpty(await story.HistoryAsync());
        }
    }

    [Fact]
    public async Task GivenAHostThatWasStopped_WhenStartedOnTheSamePortAndData_ThenItRuns()
    {
        var folder = Directory.CreateTempSubdirectory("privacyflows-host-").FullName;
        var port = 0;
        for (var round = 0; round < 2; round++)
        {
            await using var host = await HostUnderTest.StartAsync(azurite, null, "--data", folder, "--port", $"{port}");
            port = host.App.BaseAddress.Port;
            Assert.Equal("thing 1", await host.Http.GetStringAsync("api/things/1", Cancellation));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task GivenAPortInUse_WhenStarted_ThenItSaysSoAndWhatToDo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var refusal = await RefusalAsync("--port", $"{port}");
        Assert.Contains($"Port {port} is in use", refusal, StringComparison.Ordinal);
        Assert.Contains("--port", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seven")]
    [InlineData("-1")]
    [InlineData("65536")]
    public async Task GivenAPortThatIsNone_WhenStarted_ThenItSaysSo(string port) =>
        Assert.Contains($"'{port}' is not a port", await RefusalAsync("--port", port), StringComparison.Ordinal);

    [Fact]
    public async Task GivenADataFolderInUse_WhenStarted_ThenItSaysByWhom()
    {
        var folder = Directory.CreateTempSubdirectory("privacyflows-host-").FullName;
        await using (var first = await HostUnderTest.StartAsync(azurite, null, "--data", folder))
            Assert.Contains($"process {Environment.ProcessId}, {first.App.BaseAddress}", await RefusalAsync("--data", folder),
                StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(Nowhere)]
    [InlineData("nonsense")]
    public async Task GivenAStorageThatDoesNotAnswer_WhenStarted_ThenTheSettingIsNamed(string storage) =>
        Assert.Contains("AzureWebJobsStorage", await RefusalAsync("--AzureWebJobsStorage", storage), StringComparison.Ordinal);

    [Fact]
    public async Task GivenAnEmbeddedHost_WhenItEnds_ThenItLeavesNothingBehind()
    {
        var host = await HostUnderTest.StartAsync(azurite);
        var folder = host.App.Surroundings.DataFolder;
        Assert.True(Directory.Exists(folder));
        await host.DisposeAsync();
        Assert.False(Directory.Exists(folder));
    }

    private async Task<string> RefusalAsync(params string[] options)
    {
        await using var host = new HostUnderTest(azurite) { Options = options };
        return (await Assert.ThrowsAsync<LocalSetupException>(host.StartAsync)).Message;
    }
}
