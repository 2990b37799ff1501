using LocalMachine;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Machine;

public sealed class ClockTimerTests
{
    private static readonly DateTimeOffset Start = new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GivenAWaitByThisClock_WhenTheClockGetsThere_ThenItEnds(bool stands)
    {
        using var clock = new LocalClock(stands ? Start : null);
        var wait = Task.Delay(TimeSpan.FromDays(45), clock, Cancellation);

        await clock.AdvanceAsync(TimeSpan.FromDays(44), Cancellation);
        Assert.False(wait.IsCompleted);
        await clock.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);

        await wait.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
    }

    [Fact]
    public async Task GivenARunningClock_WhenAWaitIsDue_ThenItEndsByItselfAndNeverEarly()
    {
        using var clock = new LocalClock();
        for (var i = 0; i < 20; i++)
        {
            var start = clock.GetUtcNow();
            await Task.Delay(TimeSpan.FromMilliseconds(7), clock, Cancellation).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
            Assert.True(clock.GetUtcNow() - start >= TimeSpan.FromMilliseconds(7));
        }
    }

    [Fact]
    public async Task GivenAPeriodicTimer_WhenAdvanced_ThenItFiresOnceAStopAndGoesOn()
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
    public async Task GivenATimerDisposedOf_WhenAdvanced_ThenItFiresNoMore()
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
