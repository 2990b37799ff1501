using LocalFunctions.Hosting;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Hosting;

public sealed class ClockTests
{
    private static readonly DateTimeOffset Start = HostUnderTest.Start;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_standing_clock_moves_only_when_told_to()
    {
        using var clock = new LocalClock(Start);
        await Task.Delay(20, Cancellation);
        Assert.Equal(Start, clock.GetUtcNow());

        Assert.Equal(Start.AddDays(8), await clock.AdvanceAsync(TimeSpan.FromDays(8), Cancellation));

        Assert.Equal(Start.AddDays(8), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromDays(8), clock.GetElapsedTime(Start.Ticks));
    }

    [Fact]
    public async Task A_running_clock_is_real_time_plus_what_it_was_moved()
    {
        using var clock = new LocalClock();
        await clock.AdvanceAsync(TimeSpan.FromDays(8), Cancellation);

        Assert.InRange(clock.GetUtcNow() - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(8) - TimeSpan.FromSeconds(1), TimeSpan.FromDays(8) + TimeSpan.FromSeconds(1));
        var before = clock.GetUtcNow();
        await Task.Delay(20, Cancellation);
        Assert.True(clock.GetUtcNow() > before);
    }

    [Fact]
    public async Task It_goes_forwards_only() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => new LocalClock(Start).AdvanceAsync(TimeSpan.FromTicks(-1), Cancellation));

    [Fact]
    public async Task An_advance_stops_at_each_due_moment_in_order_and_settles_everybody_there()
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
    public async Task What_becomes_due_while_it_moves_is_done_on_the_way()
    {
        using var clock = new LocalClock(Start);
        var keeper = new Keeper(clock, Start.AddDays(1));
        keeper.OnDone = moment => keeper.Add(moment.AddDays(1));
        using var _ = clock.Register(keeper);

        await clock.AdvanceAsync(TimeSpan.FromDays(4), Cancellation);

        Assert.Equal([Start.AddDays(1), Start.AddDays(2), Start.AddDays(3), Start.AddDays(4)], keeper.Done);
    }

    [Fact]
    public async Task What_was_due_before_is_done_even_by_an_advance_of_nothing()
    {
        using var clock = new LocalClock(Start);
        var keeper = new Keeper(clock, Start.AddDays(-1));
        using var _ = clock.Register(keeper);

        await clock.AdvanceAsync(TimeSpan.Zero, Cancellation);

        Assert.Equal([Start.AddDays(-1)], keeper.Done);
        Assert.Equal(Start, clock.GetUtcNow());
    }

    [Fact]
    public async Task A_timekeeper_that_never_comes_to_an_end_does_not_hold_the_clock()
    {
        using var clock = new LocalClock(Start);
        using var _ = clock.Register(new Restless());

        Assert.Equal(Start.AddDays(1), await clock.AdvanceAsync(TimeSpan.FromDays(1), Cancellation).WaitAsync(TimeSpan.FromSeconds(5), Cancellation));
    }

    [Fact]
    public async Task Two_advances_add_up()
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
