using LocalFunctions.Hosting;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Hosting;

public sealed class ClockTimerTests
{
    private static readonly DateTimeOffset Start = HostUnderTest.Start;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wait_by_this_clock_ends_when_the_clock_gets_there(bool stands)
    {
        using var clock = new LocalClock(stands ? Start : null);
        var wait = Task.Delay(TimeSpan.FromDays(45), clock, Cancellation);

        await clock.AdvanceAsync(TimeSpan.FromDays(44), Cancellation);
        Assert.False(wait.IsCompleted);
        await clock.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);

        await wait.WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
    }

    [Fact]
    public async Task A_running_clock_also_ends_a_wait_by_itself_and_never_early()
    {
        using var clock = new LocalClock();
        for (var i = 0; i < 20; i++)
        {
            var start = clock.GetUtcNow();
            await Task.Delay(TimeSpan.FromMilliseconds(7), clock, Cancellation).WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
            Assert.True(clock.GetUtcNow() - start >= TimeSpan.FromMilliseconds(7));
        }
    }

    [Fact]
    public async Task A_periodic_timer_fires_once_a_stop_and_goes_on()
    {
        using var clock = new LocalClock(Start);
        var fired = 0;
        await using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

        await clock.AdvanceAsync(TimeSpan.FromSeconds(59), Cancellation);
        Assert.Equal(0, fired);
        await clock.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        Assert.Equal(1, fired);
        await clock.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation);
        Assert.Equal(2, fired);
        Assert.True(timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        await clock.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        Assert.Equal(2, fired);
    }

    [Fact]
    public async Task A_timer_disposed_of_fires_no_more()
    {
        using var clock = new LocalClock(Start);
        var fired = 0;
        var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        await timer.DisposeAsync();

        await clock.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);

        Assert.Equal(0, fired);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }
}
