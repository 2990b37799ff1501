using LocalMachine;

namespace LocalMachine;

/// <summary>
/// The clock of everything on this machine: real time plus what it was moved ahead by, or, for tests, a time that stands
/// still between moves. It only goes forwards, also over a restart.
/// </summary>
public sealed class LocalClock : TimeProvider, IDisposable
{
    // A timekeeper that always has something due would otherwise keep an advance from ending.
    private const int MostRoundsAtOneMoment = 100;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim oneAdvance = new(1, 1);
    private readonly List<ITimekeeper> keepers = [];
    private readonly HashSet<LocalClockTimer> timers = [];
    private TimeSpan offset;
    private DateTimeOffset latest;
    private HostState? store;

    /// <param name="standingAt">Where the clock stands until it is moved. Null: it runs.</param>
    public LocalClock(DateTimeOffset? standingAt = null)
    {
        Stands = standingAt is not null;
        latest = standingAt?.ToUniversalTime() ?? DateTimeOffset.MinValue;
    }

    /// <summary>The clock moves only when told to.</summary>
    public bool Stands { get; }

    /// <summary>Ticks of this clock, so that measured times go along with an advance.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return Read();
    }

    /// <summary>
    /// A timer by this clock. An advance fires it at the stops on its way: a periodic one once a stop, however many periods have passed.
    /// </summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LocalClockTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets a timekeeper take part in advances until the result is disposed of.</summary>
    public IDisposable Register(ITimekeeper keeper)
    {
        lock (gate)
            keepers.Add(keeper);
        return new Registration(this, keeper);
    }

    /// <summary>
    /// Moves the clock ahead, stopping at each due moment of the timekeepers on the way, in order. Returns when all that
    /// became due has been done. Never call it from a function: it would wait for itself.
    /// </summary>
    /// <param name="by">Zero or more; zero only does what is due already.</param>
    /// <returns>The time by the clock at the end.</returns>
    public async Task<DateTimeOffset> AdvanceAsync(TimeSpan by, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        await oneAdvance.WaitAsync(cancellation);
        try
        {
            var target = GetUtcNow() + by;
            await SettleAsync(cancellation);
            for (var (rounds, before) = (0, GetUtcNow()); NextStop(target) is { } stop && rounds < MostRoundsAtOneMoment; before = stop)
            {
                rounds = stop > before ? 0 : rounds + 1;
                await MoveToAsync(stop, cancellation);
                await SettleAsync(cancellation);
            }
            await MoveToAsync(target, cancellation);
            await SettleAsync(cancellation);
            return GetUtcNow();
        }
        finally
        {
            oneAdvance.Release();
        }
    }

    public void Dispose() => oneAdvance.Dispose();

    /// <summary>Goes on from where the storage says that the clock was, and keeps it there from now on.</summary>
    public async Task KeepInAsync(HostState state, CancellationToken cancellation)
    {
        var kept = await state.ReadAsync<Position>("clock", cancellation);
        lock (gate)
        {
            store = state;
            offset = kept?.Offset ?? TimeSpan.Zero;
            latest = kept is not null && kept.Reached > latest ? kept.Reached : latest;
        }
    }

    internal void Add(LocalClockTimer timer)
    {
        lock (gate)
            timers.Add(timer);
    }

    internal void Remove(LocalClockTimer timer)
    {
        lock (gate)
            timers.Remove(timer);
    }

    private DateTimeOffset Read()
    {
        var now = Stands ? latest : System.GetUtcNow() + offset;
        return latest = now > latest ? now : latest;
    }

    private DateTimeOffset? NextStop(DateTimeOffset target)
    {
        lock (gate)
        {
            var due = keepers.Select(keeper => keeper.NextDue).Where(due => due <= target).Min();
            return due > latest ? due : due is null ? null : latest;
        }
    }

    private async Task MoveToAsync(DateTimeOffset moment, CancellationToken cancellation)
    {
        var ahead = moment - GetUtcNow();
        if (ahead <= TimeSpan.Zero)
            return;
        // Kept before it is shown: nobody may have seen a time that a crash takes back.
        if (store is not null)
            await store.WriteAsync("clock", new Position(offset + ahead, moment), cancellation);
        LocalClockTimer[] due;
        lock (gate)
        {
            offset += ahead;
            latest = moment > latest ? moment : latest;
            due = [.. timers];
        }
        await Task.WhenAll(due.Select(timer => timer.FireIfDueAsync()));
    }

    private async Task SettleAsync(CancellationToken cancellation)
    {
        // Twice, because one timekeeper's work may be another's: a timer function starts an orchestration.
        for (var round = 0; round < 2; round++)
        {
            ITimekeeper[] all;
            lock (gate)
                all = [.. keepers];
            foreach (var keeper in all)
                await keeper.SettleAsync(cancellation);
        }
    }

    private sealed record Position(TimeSpan Offset, DateTimeOffset Reached);

    private sealed class Registration(LocalClock clock, ITimekeeper keeper) : IDisposable
    {
        public void Dispose()
        {
            lock (clock.gate)
                clock.keepers.Remove(keeper);
        }
    }
}
