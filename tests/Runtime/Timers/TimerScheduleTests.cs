using LocalFunctions;
using LocalFunctions.Hosting;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Timers;

public sealed class TimerScheduleTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(typeof(Daily), 60)]
    [InlineData(typeof(Spanned), 90)]
    public async Task It_runs_when_its_time_has_come_and_not_before(Type functions, int minutes)
    {
        await using var host = await StartAsync(functions);

        await host.Host.Clock.AdvanceAsync(TimeSpan.FromMinutes(minutes) - TimeSpan.FromTicks(1), Cancellation);
        Assert.Empty(Runs(host));
        await host.Host.Clock.AdvanceAsync(TimeSpan.FromTicks(1), Cancellation);

        var run = Assert.Single(Runs(host));
        Assert.False(run.IsPastDue);
    }

    [Fact]
    public async Task Given_many_occurrences_passed_Then_one_run_that_says_so_and_the_schedule_goes_on()
    {
        await using var host = await StartAsync(typeof(Minutely));

        await host.Host.Clock.AdvanceAsync(TimeSpan.FromDays(30), Cancellation);
        Assert.True(Assert.Single(Runs(host)).IsPastDue);
        await host.Host.Clock.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation);

        Assert.Equal([true, false], Runs(host).Select(run => run.IsPastDue));
        Assert.Equal(HostUnderTest.Start.AddDays(30).UtcDateTime, Runs(host)[1].ScheduleStatus!.Last);
        Assert.Equal(HostUnderTest.Start.AddDays(30).AddMinutes(2).UtcDateTime, Runs(host)[1].ScheduleStatus!.Next);
    }

    [Fact]
    public async Task An_advance_runs_it_once_a_stop()
    {
        await using var host = await StartAsync(typeof(Minutely));
        using var _ = host.Host.Clock.Register(new TwoStops(host.Host.Clock));

        await host.Host.Clock.AdvanceAsync(TimeSpan.FromHours(3), Cancellation);

        Assert.Equal([1, 2, 3], host.Service<Record>().At.Select(moment => (int)(moment - HostUnderTest.Start).TotalHours));
    }

    [Fact]
    public async Task Its_schedule_can_be_a_setting()
    {
        await using var host = await StartAsync(typeof(FromSetting), "--Sweep:Schedule=0 30 9 * * *");

        await host.Host.Clock.AdvanceAsync(TimeSpan.FromMinutes(30), Cancellation);

        Assert.Single(Runs(host));
    }

    [Fact]
    public async Task It_can_run_at_the_start()
    {
        await using var host = await StartAsync(typeof(AtStart));

        await host.Host.Clock.AdvanceAsync(TimeSpan.Zero, Cancellation);

        Assert.False(Assert.Single(Runs(host)).IsPastDue);
    }

    [Theory]
    [InlineData(typeof(Daily), 1)]
    [InlineData(typeof(Unmonitored), 0)]
    public async Task What_was_missed_while_the_app_was_down_is_made_up_for_once_if_monitored(Type functions, int runs)
    {
        var hub = $"--AzureFunctionsJobHost:extensions:durableTask:hubName={HostUnderTest.NewHub()}";
        await using (await StartAsync(functions, hub))
        {
            // Seen once, so the schedule is known.
        }

        await using var host = await StartAsync(functions, hub, $"--LocalFunctions:Clock={HostUnderTest.Start.AddDays(3):O}");
        await host.Host.Clock.AdvanceAsync(TimeSpan.Zero, Cancellation);

        Assert.Equal(Enumerable.Repeat(true, runs), Runs(host).Select(run => run.IsPastDue));
    }

    private static IReadOnlyList<TimerInfo> Runs(HostUnderTest host) => [.. host.Service<Record>().Runs];

    private Task<HostUnderTest> StartAsync(Type functions, params string[] options) => Record.StartAsync(azurite, functions, options);

    private sealed class TwoStops(LocalClock clock) : ITimekeeper
    {
        public DateTimeOffset? NextDue => new[] { 1, 2 }.Select(hour => (DateTimeOffset?)HostUnderTest.Start.AddHours(hour)).FirstOrDefault(stop => stop > clock.GetUtcNow());

        public Task SettleAsync(CancellationToken cancellation) => Task.CompletedTask;
    }

    private sealed class Daily(Record record)
    {
        [Function(nameof(Daily))]
        public void Run([TimerTrigger("0 0 10 * * *")] TimerInfo timer) => record.Add(timer);
    }

    private sealed class Unmonitored(Record record)
    {
        [Function(nameof(Unmonitored))]
        public void Run([TimerTrigger("0 0 10 * * *", UseMonitor = false)] TimerInfo timer) => record.Add(timer);
    }

    private sealed class Spanned(Record record)
    {
        [Function(nameof(Spanned))]
        public void Run([TimerTrigger("01:30:00")] TimerInfo timer) => record.Add(timer);
    }

    private sealed class Minutely(Record record)
    {
        [Function(nameof(Minutely))]
        public void Run([TimerTrigger("0 */1 * * * *")] TimerInfo timer) => record.Add(timer);
    }

    private sealed class FromSetting(Record record)
    {
        [Function(nameof(FromSetting))]
        public void Run([TimerTrigger("%Sweep__Schedule%")] TimerInfo timer) => record.Add(timer);
    }

    private sealed class AtStart(Record record)
    {
        [Function(nameof(AtStart))]
        public void Run([TimerTrigger("0 0 10 * * *", RunOnStartup = true)] TimerInfo timer) => record.Add(timer);
    }
}
