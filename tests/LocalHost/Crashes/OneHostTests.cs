using System.Globalization;
using LocalMachine;
using Microsoft.DurableTask;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Crashes;

/// <summary>One host at a time on a storage, and what the next one finds.</summary>
public sealed class OneHostTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAHostOnAStorage_WhenASecondStarts_ThenItIsRefusedAndToldWhoIsThere()
    {
        await using var first = await HostUnderTest.StartAsync(azurite);
        await using var second = new HostUnderTest(azurite) { Hub = first.Hub };
        var refusal = await Assert.ThrowsAsync<LocalSetupException>(second.StartAsync);
        Assert.Contains(Environment.MachineName, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)} ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("1", (await first.Http.GetStringAsync("api/things/1", Cancellation))[^1..]);
    }

    [Fact]
    public async Task GivenAnActivityUnderWay_WhenTheHostDies_ThenItRunsAgainAtTheNextStart()
    {
        var runs = 0;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Activity("Step", async (_, cancellation) =>
            {
                if (Interlocked.Increment(ref runs) > 1)
                    return "done";
                started.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
                return "never";
            })
            .Orchestrator("Story", async context => await context.CallActivityAsync<string>("Step", 1)));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Story", null, new StartOrchestrationOptions("id"), Cancellation);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await host.CrashAndRestartAsync();
        Assert.Equal("done", (await host.LookAsync("id")).ReadOutputAs<string>());
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task GivenAnActivityUnderWay_WhenTheHostIsStopped_ThenItMayEnd()
    {
        var (started, release) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        var runs = 0;
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Activity("Step", async (_, _) =>
            {
                Interlocked.Increment(ref runs);
                started.SetResult();
                await release.Task;
                return "done";
            })
            .Orchestrator("Story", async context => await context.CallActivityAsync<string>("Step", 1)));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Story", null, new StartOrchestrationOptions("id"), Cancellation);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        var stop = host.DisposeAsync().AsTask();
        release.SetResult();
        await stop.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await host.StartAsync();
        Assert.Equal("done", (await host.LookAsync("id")).ReadOutputAs<string>());
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task GivenAClockThatWasMoved_WhenTheHostDies_ThenTheNextGoesOnFromThere()
    {
        await using var host = await HostUnderTest.StartAsync(azurite);
        await host.AdvanceAsync(TimeSpan.FromDays(8));
        await host.CrashAndRestartAsync();
        Assert.Equal(HostUnderTest.Start.AddDays(8), host.App.Clock.GetUtcNow());
    }

    [Fact]
    public async Task GivenAStorageTakenByAnotherHost_WhenThisOneFindsOut_ThenItIsTold()
    {
        await using var host = await HostUnderTest.StartAsync(azurite);
        var lease = new Azure.Storage.Blobs.BlobContainerClient(azurite.ConnectionString, host.Hub.ToLowerInvariant() + "-orchestrations")
            .GetBlobClient("host-lease");
        await new Azure.Storage.Blobs.Specialized.BlobLeaseClient(lease).BreakAsync(TimeSpan.Zero, cancellationToken: Cancellation);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var told = host.App.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
    }
}
