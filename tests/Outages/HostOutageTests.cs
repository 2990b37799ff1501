using System.Globalization;
using Microsoft.DurableTask;
using Spectrum.PrivacyFlows.Tests.LocalHost;

namespace Spectrum.PrivacyFlows.Tests.Outages;

/// <summary>The local host loses its storage amid orchestrations and goes on by itself when it is back: no restart, no step lost.</summary>
public sealed class HostOutageTests(AzuriteFixture azurite)
{
    private const int Stories = 12;
    private const int Steps = 12;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Seconds of real time: longer than the host's lease. As many as PRIVACYFLOWS_OUTAGE says, where it does.</summary>
    public static int Longest { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("PRIVACYFLOWS_OUTAGE"), CultureInfo.InvariantCulture, out var asked) ? asked : 22;

    public static TheoryData<int, Outage> Outages =>
        new() { { 1, Outage.Refused }, { 1, Outage.Silent }, { Longest, Outage.Refused }, { Longest, Outage.Silent } };

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task GivenStoriesUnderWay_WhenTheStorageIsAwayAndComesBack_ThenEachEndsAndNoTurnIsLostOrTakenTwice(
        int seconds, Outage outage)
    {
        await using var door = new StorageDoor(azurite.ConnectionString);
        await using var host = new HostUnderTest(azurite) { Storage = door.ConnectionString, StandingAt = null };
        host.Book.Activity("Step", async (input, cancellation) =>
        {
            await Task.Delay(50, cancellation);
            return int.Parse(input!, CultureInfo.InvariantCulture);
        });
        host.Book.Orchestrator("Story", async context =>
        {
            var sum = 0;
            for (var step = 1; step <= Steps; step++)
            {
                sum += await context.CallActivityAsync<int>("Step", step);
                await context.CreateTimer(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            }
            return sum;
        });
        await host.StartAsync();
        var ids = Enumerable.Range(0, Stories).Select(number => $"story-{number}").ToList();
        foreach (var id in ids)
            await host.Client.ScheduleNewOrchestrationInstanceAsync("Story", null, new StartOrchestrationOptions(id), Cancellation);

        await door.CloseForAsync(TimeSpan.FromSeconds(seconds), outage, Cancellation);
        foreach (var id in ids)
        {
            var ended = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation)
                .WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
            Assert.Equal(Steps * (Steps + 1) / 2, ended.ReadOutputAs<int>());
        }
        Assert.False(host.App.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task GivenATimerFunctionWhoseRunCannotBeKept_WhenTheStorageIsBack_ThenItsScheduleGoesOn()
    {
        await using var door = new StorageDoor(azurite.ConnectionString);
        using var runs = new SemaphoreSlim(0);
        await using var host = new HostUnderTest(azurite)
        {
            Storage = door.ConnectionString,
            StandingAt = null,
            Regular = "0 * * * * *",
        };
        host.Book.Timer("Regular", (_, _) => Task.FromResult(runs.Release()));
        await host.StartAsync();
        await JustBeforeTheMinuteAsync(host);
        door.Close(Outage.Refused);
        Assert.True(await runs.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
        // The storage's own client tries for some six seconds before it says that the run was not kept.
        await Task.Delay(TimeSpan.FromSeconds(9), Cancellation);
        door.Open();
        await JustBeforeTheMinuteAsync(host);
        while (runs.CurrentCount > 0)
            await runs.WaitAsync(Cancellation);
        Assert.True(await runs.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
    }

    private static async Task JustBeforeTheMinuteAsync(HostUnderTest host)
    {
        var now = host.App.Clock.GetUtcNow();
        await host.AdvanceAsync(TimeSpan.FromSeconds((117 - now.Second) % 60));
    }
}
