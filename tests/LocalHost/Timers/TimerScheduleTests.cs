using LocalMachine;
using Microsoft.DurableTask;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Timers;

/// <summary>When timer functions run, by the clock of this machine.</summary>
public sealed class TimerScheduleTests(AzuriteFixture azurite)
{
    private const string Daily = "0 0 10 * * *";
    private const string Minutely = "0 */1 * * * *";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Daily, 60)]
    [InlineData("01:30:00", 90)]
    [InlineData("15 9 * * *", 15)]
    public async Task GivenASchedule_WhenItsTimeHasCome_ThenItRunsAndNotBefore(string schedule, int minutes)
    {
        var runs = new TimerRuns();
        await using var host = await StartAsync(runs, schedule);
        await host.AdvanceAsync(TimeSpan.FromMinutes(minutes) - TimeSpan.FromTicks(1));
        Assert.Empty(runs.All);
        await host.AdvanceAsync(TimeSpan.FromTicks(1));
        Assert.False(Assert.Single(runs.All).Info.IsPastDue);
    }

    [Fact]
    public async Task GivenManyOccurrences_WhenTheClockPassesThem_ThenOneRunSaysSoAndTheScheduleGoesOn()
    {
        var runs = new TimerRuns();
        await using var host = await StartAsync(runs, Minutely);
        await host.AdvanceAsync(TimeSpan.FromDays(30));
        Assert.True(Assert.Single(runs.All).Info.IsPastDue);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal([true, false], runs.All.Select(run => run.Info.IsPastDue));
        Assert.Equal(HostUnderTest.Start.AddDays(30).UtcDateTime, runs.All[1].Info.ScheduleStatus!.Last);
        Assert.Equal(HostUnderTest.Start.AddDays(30).AddMinutes(2).UtcDateTime, runs.All[1].Info.ScheduleStatus!.Next);
    }

    [Fact]
    public async Task GivenStopsOnTheWay_WhenAdvanced_ThenItRunsOnceAStopInOrder()
    {
        var runs = new TimerRuns();
        await using var host = await StartAsync(runs, Minutely);
        using var stops = host.App.Clock.Register(new TwoStops(host.App.Clock));
        await host.AdvanceAsync(TimeSpan.FromHours(3));
        Assert.Equal([1, 2, 3], runs.All.Select(run => (int)(run.At - HostUnderTest.Start).TotalHours));
    }

    [Fact]
    public async Task GivenATimerThatRunsAtTheStart_WhenStarted_ThenItHasRunOnce()
    {
        var runs = new TimerRuns();
        await using var host = new HostUnderTest(azurite);
        runs.Watch(host, "AtStart");
        await host.StartAsync();
        await host.AdvanceAsync(TimeSpan.Zero);
        Assert.False(Assert.Single(runs.All).Info.IsPastDue);
    }

    [Theory]
    [InlineData("Regular", 1)]
    [InlineData("Unmonitored", 0)]
    public async Task GivenOccurrencesMissedWhileDown_WhenStartedAgain_ThenOneRunMakesUpForThemIfMonitored(string timer, int count)
    {
        var hub = HostUnderTest.NewHub();
        await using (var before = new HostUnderTest(azurite) { Hub = hub, Options = [$"--Timers:{timer}={Daily}"] })
            await before.StartAsync();
        var runs = new TimerRuns();
        await using var host = new HostUnderTest(
            azurite)
        { Hub = hub, Options = [$"--Timers:{timer}={Daily}"], StandingAt = HostUnderTest.Start.AddDays(3) };
        runs.Watch(host, timer);
        await host.StartAsync();
        await host.AdvanceAsync(TimeSpan.Zero);
        Assert.Equal(Enumerable.Repeat(true, count), runs.All.Select(run => run.Info.IsPastDue));
    }

    [Fact]
    public async Task GivenATimerThatStartsAnOrchestration_WhenAdvanced_ThenTheAdvanceWaitsForIt()
    {
        await using var host = await HostUnderTest.StartAsync(
            azurite, book => book.Activity("Step", _ => 1)
                .Orchestrator("Story", async context => await context.CallActivityAsync<int>("Step", 1)), $"--Timers:Regular={Daily}");
        host.Book.Timer("Regular", (_, cancellation) =>
            host.Client.ScheduleNewOrchestrationInstanceAsync("Story", null, new StartOrchestrationOptions("daily"), cancellation));
        await host.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.True((await host.Client.GetInstanceAsync("daily", Cancellation))!.IsCompleted);
    }

    private async Task<HostUnderTest> StartAsync(TimerRuns runs, string schedule)
    {
        var host = new HostUnderTest(azurite) { Options = [$"--Timers:Regular={schedule}"] };
        runs.Watch(host, "Regular");
        return await host.StartAsync();
    }

    private sealed class TwoStops(LocalClock clock) : ITimekeeper
    {
        public DateTimeOffset? NextDue => new[] { 1, 2 }.Select(hour => (DateTimeOffset?)HostUnderTest.Start.AddHours(hour))
            .FirstOrDefault(stop => stop > clock.GetUtcNow());

        public Task SettleAsync(CancellationToken cancellation) => Task.CompletedTask;
    }
}
