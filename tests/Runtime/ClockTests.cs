using LocalFunctions.Hosting;
using LocalFunctions.Setup;

namespace Spectrum.PrivacyFlows.Tests.Runtime;

public sealed class ClockTests(AzuriteFixture azurite)
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_restart_on_the_same_storage_time_goes_on_from_where_it_was(bool stands)
    {
        var state = new HostState(azurite.ConnectionString, HostUnderTest.NewHub());
        DateTimeOffset reached;
        using (var clock = new LocalClock(stands ? Start : null))
        {
            await clock.KeepInAsync(state, Cancellation);
            reached = await clock.AdvanceAsync(TimeSpan.FromDays(8), Cancellation);
        }

        using var again = new LocalClock(stands ? Start : null);
        await again.KeepInAsync(state, Cancellation);

        Assert.True(again.GetUtcNow() >= reached);
        Assert.True(again.GetUtcNow() < reached.AddMinutes(1));
    }

    [Fact]
    public async Task A_time_that_was_seen_is_never_taken_back()
    {
        var state = new HostState(azurite.ConnectionString, HostUnderTest.NewHub());
        using var clock = new LocalClock(Start);
        await clock.KeepInAsync(state, Cancellation);
        var seen = new List<DateTimeOffset>();
        using var _ = clock.Register(new Keeper(clock, Start.AddDays(1))
        {
            OnDone = moment =>
            {
                // What a host that is killed at this very moment finds when it comes back.
                using var next = new LocalClock(Start);
                next.KeepInAsync(state, Cancellation).GetAwaiter().GetResult();
                seen.Add(next.GetUtcNow());
            },
        });

        await clock.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);

        Assert.Equal([Start.AddDays(1)], seen);
    }

    private sealed class Keeper(LocalClock clock, params DateTimeOffset[] due) : ITimekeeper
    {
        private readonly SortedSet<DateTimeOffset> waiting = [.. due];

        public List<DateTimeOffset> Done { get; } = [];

        public List<DateTimeOffset> Seen { get; } = [];

        public Action<DateTimeOffset> OnDone { get; set; } = _ => { };

        public DateTimeOffset? NextDue => waiting.Count > 0 ? waiting.Min : null;

        public void Add(DateTimeOffset moment) => waiting.Add(moment);

        public Task SettleAsync(CancellationToken cancellation)
        {
            Seen.Add(clock.GetUtcNow());
            while (NextDue is { } moment && moment <= clock.GetUtcNow())
            {
                waiting.Remove(moment);
                Done.Add(moment);
                OnDone(moment);
            }
            return Task.CompletedTask;
        }
    }

    private sealed class Restless : ITimekeeper
    {
        public DateTimeOffset? NextDue => Start;

        public Task SettleAsync(CancellationToken cancellation) => Task.CompletedTask;
    }
}
