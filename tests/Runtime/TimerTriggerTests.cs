using System.Collections.Concurrent;
using LocalFunctions;
using LocalFunctions.Builder;
using LocalFunctions.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Spectrum.PrivacyFlows.Tests.Runtime;

public sealed class TimerTriggerTests(AzuriteFixture azurite)
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

    [Fact]
    public async Task A_run_that_fails_is_logged_and_does_not_end_the_schedule()
    {
        await using var host = await StartAsync(typeof(Failing));

        await host.Host.Clock.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation);
        await host.Host.Clock.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation);

        Assert.Equal(2, Runs(host).Count);
        Assert.Equal(2, host.Log.All.Count(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("Failing") && line.Contains("System.InvalidOperationException")));
    }

    [Fact]
    public async Task There_is_never_more_than_one_run_of_a_timer()
    {
        await using var host = await StartAsync(typeof(Slow));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => host.Host.Clock.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation)));

        Assert.Equal((3, 1), (Runs(host).Count, host.Service<Record>().MostAtOnce));
    }

    [Fact]
    public async Task A_running_clock_brings_it_by_itself()
    {
        await using var host = await StartAsync(typeof(EverySecond), "--LocalFunctions:Clock=");

        await host.Service<Record>().First.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Fact]
    public async Task Stopping_the_app_cancels_it()
    {
        var host = await StartAsync(typeof(Endless));
        var advance = host.Host.Clock.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation);
        await host.Service<Record>().First.Task.WaitAsync(Cancellation);
        var record = host.Service<Record>();

        await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.True(record.WasCancelled);
        await Task.WhenAny(advance).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Theory]
    [InlineData(typeof(NoSchedule), "NoSchedule.Run", "0 0 25 * * *")]
    [InlineData(typeof(NoSetting), "NoSetting.Run", "Not:There")]
    [InlineData(typeof(NoTime), "NoTime.Run", "longer than zero")]
    [InlineData(typeof(NotTimerInfo), "NotTimerInfo.Run", "TimerInfo")]
    public async Task What_cannot_run_is_said_at_the_start_by_class_and_method(Type functions, string method, string reason)
    {
        var fault = await Assert.ThrowsAsync<LocalSetupException>(() => StartAsync(functions));

        Assert.Contains(method, fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<TimerInfo> Runs(HostUnderTest host) => [.. host.Service<Record>().Runs];

    private Task<HostUnderTest> StartAsync(Type functions, params string[] options)
    {
        FunctionsApplicationBuilder builder = HostUnderTest.Builder(azurite, [functions], options);
        builder.Services.AddSingleton<Record>();
        return HostUnderTest.StartAsync(builder);
    }

    private sealed class Record(TimeProvider clock)
    {
        private int atOnce;

        public ConcurrentQueue<TimerInfo> Runs { get; } = new();

        public ConcurrentQueue<DateTimeOffset> At { get; } = new();

        public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int MostAtOnce { get; private set; }

        public bool WasCancelled { get; set; }

        public void Add(TimerInfo timer)
        {
            Runs.Enqueue(timer);
            At.Enqueue(clock.GetUtcNow());
            First.TrySetResult();
        }

        public async Task AddSlowlyAsync(TimerInfo timer)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref atOnce));
            Add(timer);
            await Task.Delay(30);
            Interlocked.Decrement(ref atOnce);
        }
    }

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

    private sealed class Failing(Record record)
    {
        [Function(nameof(Failing))]
        public void Run([TimerTrigger("0 */1 * * * *")] TimerInfo timer)
        {
            record.Add(timer);
            throw new InvalidOperationException("failed");
        }
    }

    private sealed class Slow(Record record)
    {
        [Function(nameof(Slow))]
        public Task Run([TimerTrigger("0 */1 * * * *")] TimerInfo timer) => record.AddSlowlyAsync(timer);
    }

    private sealed class EverySecond(Record record)
    {
        [Function(nameof(EverySecond))]
        public void Run([TimerTrigger("* * * * * *")] TimerInfo timer) => record.Add(timer);
    }

    private sealed class Endless(Record record)
    {
        [Function(nameof(Endless))]
        public async Task Run([TimerTrigger("0 */1 * * * *")] TimerInfo timer, CancellationToken cancellation)
        {
            await using var registration = cancellation.Register(() => record.WasCancelled = true);
            record.Add(timer);
            await Task.Delay(TimeSpan.FromMinutes(1), cancellation);
        }
    }

    private static class NoSchedule
    {
        [Function(nameof(NoSchedule))]
        public static void Run([TimerTrigger("0 0 25 * * *")] TimerInfo timer) => GC.KeepAlive(timer);
    }

    private static class NoSetting
    {
        [Function(nameof(NoSetting))]
        public static void Run([TimerTrigger("%Not:There%")] TimerInfo timer) => GC.KeepAlive(timer);
    }

    private static class NoTime
    {
        [Function(nameof(NoTime))]
        public static void Run([TimerTrigger("00:00:00")] TimerInfo timer) => GC.KeepAlive(timer);
    }

    private static class NotTimerInfo
    {
        [Function(nameof(NotTimerInfo))]
        public static void Run([TimerTrigger("0 * * * * *")] string timer) => GC.KeepAlive(timer);
    }
}
