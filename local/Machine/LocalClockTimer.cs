namespace LocalMachine;

/// <summary>A timer that goes by a <see cref="LocalClock"/>: real time wakes it, and so does an advance.</summary>
internal sealed class LocalClockTimer : ITimer
{
    // System timers hold at most 49 days; a longer wait wakes up on the way and waits on.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly LocalClock clock;
    private readonly TimerCallback callback;
    private readonly object? state;
    private readonly ExecutionContext? execution = ExecutionContext.Capture();
    private readonly Timer? alarm;
    private DateTimeOffset? due;
    private TimeSpan period;
    private bool disposed;

    public LocalClockTimer(LocalClock clock, TimerCallback callback, object? state)
    {
        this.clock = clock;
        this.callback = callback;
        this.state = state;
        alarm = clock.Stands ? null : new Timer(_ => _ = FireIfDueAsync());
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            if (disposed)
                return false;
            this.period = period;
            due = dueTime == Timeout.InfiniteTimeSpan ? null : Later(dueTime);
            if (due is null)
                clock.Remove(this);
            else
                clock.Add(this);
            Arm();
        }
        if (dueTime == TimeSpan.Zero)
            _ = FireIfDueAsync();
        return true;
    }

    /// <returns>Ends when the callback has run.</returns>
    public Task FireIfDueAsync()
    {
        lock (gate)
        {
            if (due is null || disposed)
                return Task.CompletedTask;
            if (due > clock.GetUtcNow())
            {
                Arm();
                return Task.CompletedTask;
            }
            due = period > TimeSpan.Zero ? Later(period) : null;
            if (due is null)
                clock.Remove(this);
            Arm();
        }
        return Task.Run(RunCallback);
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            due = null;
            alarm?.Dispose();
            clock.Remove(this);
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private DateTimeOffset Later(TimeSpan wait)
    {
        var now = clock.GetUtcNow();
        return wait > DateTimeOffset.MaxValue - now ? DateTimeOffset.MaxValue : now + wait;
    }

    private void Arm()
    {
        if (due is not { } moment)
        {
            alarm?.Change(Timeout.Infinite, Timeout.Infinite);
            return;
        }
        var wait = moment - clock.GetUtcNow();
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestSleep ? LongestSleep : wait;
        // Rounded up to whole milliseconds, or the alarm would ring just before its time.
        alarm?.Change((long)Math.Ceiling(wait.TotalMilliseconds), Timeout.Infinite);
    }

    private void RunCallback()
    {
        if (execution is null)
            callback(state);
        else
            ExecutionContext.Run(execution, _ => callback(state), null);
    }
}
