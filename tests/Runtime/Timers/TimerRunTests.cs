using LocalFunctions;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Timers;

public sealed class TimerRunTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

    private static IReadOnlyList<TimerInfo> Runs(HostUnderTest host) => [.. host.Service<Record>().Runs];

    private Task<HostUnderTest> StartAsync(Type functions, params string[] options) => Record.StartAsync(azurite, functions, options);

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
}
