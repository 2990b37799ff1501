namespace LocalHost.Durable;

/// <summary>Durable timers and planned starts, by the time they are due. None goes off early.</summary>
internal sealed class TimerQueue : IAsyncDisposable
{
    // A timer of the system reaches 49 days; a longer wait is set again on the way.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private readonly Lock sync = new();
    private readonly PriorityQueue<Func<Task>, (DateTimeOffset Due, long Order)> queue = new();
    private readonly TimeProvider clock;
    private readonly Workload workload;
    private readonly ITimer alarm;
    private long order;
    private bool isOver;

    /// <param name="workload">Counts what goes off from the moment that it leaves the queue.</param>
    public TimerQueue(TimeProvider clock, Workload workload)
    {
        (this.clock, this.workload) = (clock, workload);
        alarm = clock.CreateTimer(_ => _ = FireDueAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public DateTimeOffset? NextDue
    {
        get
        {
            lock (sync)
                return queue.TryPeek(out _, out var next) ? next.Due : null;
        }
    }

    /// <param name="fire">Does what is due, or nothing where it is no longer wanted.</param>
    public void Add(DateTimeOffset due, Func<Task> fire)
    {
        lock (sync)
        {
            queue.Enqueue(fire, (due, order++));
            SetAlarm();
        }
    }

    /// <returns>Whether any was due.</returns>
    public async Task<bool> FireDueAsync()
    {
        List<Func<Task>> due = [];
        lock (sync)
        {
            while (!isOver && queue.TryPeek(out _, out var next) && next.Due <= clock.GetUtcNow())
            {
                due.Add(queue.Dequeue());
                workload.Enter();
            }
            SetAlarm();
        }
        foreach (var fire in due)
        {
            try
            {
                await fire();
            }
            finally
            {
                workload.Exit();
            }
        }
        return due.Count > 0;
    }

    public async ValueTask DisposeAsync()
    {
        lock (sync)
            isOver = true;
        await alarm.DisposeAsync();
    }

    private void SetAlarm()
    {
        if (isOver || !queue.TryPeek(out _, out var next))
            return;
        // The system's timers count in milliseconds and may be early by part of one.
        var wait = next.Due - clock.GetUtcNow() + TimeSpan.FromMilliseconds(1);
        alarm.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait, Timeout.InfiniteTimeSpan);
    }
}
