using LocalMachine;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Machine;

public sealed class ClockTests
{
    private static readonly DateTimeOffset Start = new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAStandingClock_WhenTimePasses_ThenItMovesOnlyWhenToldTo()
    {
        using var clock = new LocalClock(Start);
        await Task.Delay(20, Cancellation);
        Assert.Equal(Start, clock.GetUtcNow());

        Assert.Equal(Start.AddDays(8), await clock.AdvanceAsync(TimeSpan.FromDays(8), Cancellation));

        Assert.Equal(Start.AddDays(8), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromDays(8), clock.GetElapsedTime(Start.Ticks));
    }

    [Fact]
    public async Task GivenARunningClock_WhenMoved_ThenItIsRealTimePlusThat()
    {
        using var clock = new LocalClock();
        await clock.AdvanceAsync(TimeSpan.FromDays(8), Cancellation);

        var ahead = clock.GetUtcNow() - TimeProvider.System.GetUtcNow();
        Assert.InRange(ahead, TimeSpan.FromDays(8) - TimeSpan.FromMinutes(1), TimeSpan.FromDays(8) + TimeSpan.FromMinutes(1));
        var before = clock.GetUtcNow();
        await Task.Delay(20, Cancellation);
        Assert.True(clock.GetUtcNow() > before);
    }

    [Fact]
    public async Task GivenAClock_WhenMovedBack_ThenItRefuses()
    {
        using var clock = new LocalClock(Start);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => clock.AdvanceAsync(TimeSpan.FromTicks(-1), Cancellation));
    }

    [Fact]
    public async Task GivenDueMoments_WhenAdvanced_ThenItStopsAtEachInOrderAndSettlesEverybodyThere()
    {
        using var clock = new LocalClock(Start);
        var first = new Keeper(clock, Start.AddDays(3), Start.AddDays(1), Start.AddDays(9));
        var second = new Keeper(clock, Start.AddDays(2));
        using var _ = clock.Register(first);
        using var __ = clock.Register(second);

        await clock.AdvanceAsync(TimeSpan.FromDays(7), Cancellation);

        Assert.Equal([Start.AddDays(1), Start.AddDays(3)], first.Done);
        Assert.Equal([Start.AddDays(2)], second.Done);
        Assert.Equal(Start.AddDays(9), first.NextDue);
        Assert.Equal([Start, Start.AddDays(1), Start.AddDays(2), Start.AddDays(3), Start.AddDays(7)], second.Seen.Distinct());
    }

    [Fact]
    public async Task GivenWhatBecomesDueOnTheWay_WhenAdvanced_ThenItIsDoneOnTheWay()
    {
        using var clock = new LocalClock(Start);
        var keeper = new Keeper(clock, Start.AddDays(1));
        keeper.OnDone = moment => keeper.Add(moment.AddDays(1));
        using var _ = clock.Register(keeper);

        await clock.AdvanceAsync(TimeSpan.FromDays(4), Cancellation);

        Assert.Equal([Start.AddDays(1), Start.AddDays(2), Start.AddDays(3), Start.AddDays(4)], keeper.Done);
    }

    [Fact]
    public async Task GivenWhatWasDueBefore_WhenAdvancedByNothing_ThenItIsDone()
    {
        using var clock = new LocalClock(Start);
        var keeper = new Keeper(clock, Start.AddDays(-1));
        using var _ = clock.Register(keeper);

        await clock.AdvanceAsync(TimeSpan.Zero, Cancellation);

        Assert.Equal([Start.AddDays(-1)], keeper.Done);
        Assert.Equal(Start, clock.GetUtcNow());
    }

    [Fact]
    public async Task GivenATimekeeperThatNeverEnds_WhenAdvanced_ThenTheClockIsNotHeld()
    {
        using var clock = new LocalClock(Start);
        using var _ = clock.Register(new Restless());

        var advance = clock.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        Assert.Equal(Start.AddDays(1), await advance.WaitAsync(TimeSpan.FromSeconds(60), Cancellation));
    }

    [Fact]
    public async Task GivenTwoAdvances_WhenAtOnce_ThenTheyAddUp()
    {
        using var clock = new LocalClock(Start);
        await Task.WhenAll(clock.AdvanceAsync(TimeSpan.FromDays(1), Cancellation), clock.AdvanceAsync(TimeSpan.FromDays(2), Cancellation));

        Assert.Equal(Start.AddDays(3), clock.GetUtcNow());
    }

    private sealed class Restless : ITimekeeper
    {
        public DateTimeOffset? NextDue => Start;

        public Task SettleAsync(CancellationToken cancellation) => Task.CompletedTask;
    }
}
