using LocalHost.Timers;
using LocalHost.Worker;
using LocalHost.Worker.Rpc;
using LocalMachine;
using Microsoft.Extensions.Configuration;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Timers;

/// <summary>Runs of timer functions, and schedules that are none.</summary>
public sealed class TimerRunTests(AzuriteFixture azurite)
{
    private const string Minutely = "--Timers:Regular=0 */1 * * * *";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenARunThatFails_WhenTheNextIsDue_ThenItRunsAndEachFailureIsLogged()
    {
        var runs = new TimerRuns();
        await using var host = await StartAsync(runs, _ => throw new InvalidOperationException("failed"));
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, runs.All.Count);
        Assert.Equal(2, host.Log.All.Count(
            line => line.StartsWith("Error LocalHost", StringComparison.Ordinal) && line.Contains("Regular", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task GivenARunUnderWay_WhenTheNextIsDue_ThenItWaits()
    {
        var (atOnce, most, runs) = (0, 0, new TimerRuns());
        await using var host = await StartAsync(runs, async cancellation =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            await Task.Delay(30, cancellation);
            Interlocked.Decrement(ref atOnce);
        });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => host.AdvanceAsync(TimeSpan.FromMinutes(1))));
        Assert.Equal((3, 1), (runs.All.Count, most));
    }

    [Fact]
    public async Task GivenAClockThatRuns_WhenASecondPasses_ThenTheTimerRunsByItself()
    {
        var runs = new TimerRuns();
        await using var host = new HostUnderTest(azurite) { StandingAt = null, Options = ["--Timers:Unmonitored=* * * * * *"] };
        runs.Watch(host, "Unmonitored");
        await host.StartAsync();
        await runs.First.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
    }

    [Fact]
    public async Task GivenARunUnderWay_WhenTheHostStops_ThenItIsToldToStop()
    {
        var cancelled = false;
        var runs = new TimerRuns();
        var host = await StartAsync(runs, async cancellation =>
        {
            await using var registration = cancellation.Register(() => cancelled = true);
            await Task.Delay(TimeSpan.FromMinutes(5), cancellation);
        });
        var advance = host.AdvanceAsync(TimeSpan.FromMinutes(1));
        await runs.First.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Assert.True(cancelled);
        await Task.WhenAny(advance).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
    }

    [Theory]
    [InlineData("0 0 25 * * *", "0 0 25 * * *")]
    [InlineData("00:00:00", "longer than zero")]
    [InlineData("", "its schedule ''")]
    [InlineData("%Not:There%", "Not:There")]
    public void GivenAScheduleThatIsNone_WhenRead_ThenTheFunctionAndTheReasonAreNamed(string schedule, string reason)
    {
        var refusal = Assert.Throws<LocalSetupException>(() => Read(schedule));
        Assert.Contains("The function Sweep cannot run", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%Sweep:Schedule%")]
    [InlineData("%Sweep__Schedule%")]
    [InlineData("0 %Minute% 10 * * *")]
    public void GivenAScheduleThatNamesASetting_WhenRead_ThenTheSettingIsIt(string schedule) =>
        Assert.Equal(HostUnderTest.Start.AddHours(1).AddMinutes(30), Assert.Single(Read(schedule)).Schedule.Next(HostUnderTest.Start));

    [Fact]
    public async Task GivenAScheduleThatIsNone_WhenTheHostStarts_ThenItSaysSo()
    {
        await using var host = new HostUnderTest(azurite) { Options = ["--Timers:Regular=each morning"] };
        var refusal = await Assert.ThrowsAsync<LocalSetupException>(host.StartAsync);
        Assert.Contains("Regular", refusal.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<ScheduledFunction> Read(string schedule) => TimerFunctions.Schedules(
        [new Function(new FunctionEntry { FunctionId = "1", Name = "Sweep",
            RawBindings = { $$"""{"name":"timer","type":"timerTrigger","schedule":"{{schedule}}"}""" } })],
        new ConfigurationBuilder().AddInMemoryCollection([new("Sweep:Schedule", "0 30 10 * * *"), new("Minute", "30")]).Build());

    private async Task<HostUnderTest> StartAsync(TimerRuns runs, Func<CancellationToken, Task> then)
    {
        var host = new HostUnderTest(azurite) { Options = [Minutely] };
        runs.Watch(host, "Regular", then);
        return await host.StartAsync();
    }
}
