namespace LocalFunctions.Engine;

/// <summary>Durable timers and planned starts, by the time they are due. None goes off early.</summary>
internal sealed class TimerQueue : IAsyncDisposable
{
    // A timer of the system reaches 49 days; a longer wait is set again on the way.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private readonly Lock sync = new();
    private readonly PriorityQueue<Entry, (DateTimeOffset Due, long Order)> queue = new();
    private readonly Dictionary<(LiveInstance, int Generation, int Id), Entry> timers = [];
    private readonly TimeProvider clock;
    private readonly ITimer alarm;
    private long order;
    private bool isOver;

    public TimerQueue(TimeProvider clock)
    {
        this.clock = clock;
        alarm = clock.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private sealed record Entry(LiveInstance Instance, int? Id, DateTimeOffset Due, Action Fire)
    {
        public bool IsCancelled { get; set; }
    }

    public DateTimeOffset? NextDue
    {
        get
        {
            lock (sync)
                return Peek()?.Due;
        }
    }

    /// <param name="id">Null: a planned start, which is not cancelled.</param>
    public void Add(LiveInstance instance, int generation, int? id, DateTimeOffset due, Action fire)
    {
        lock (sync)
        {
            var entry = new Entry(instance, id, due, fire);
            queue.Enqueue(entry, (due, order++));
            if (id is not null)
                timers[(instance, generation, id.Value)] = entry;
            SetAlarm();
        }
    }

    public void Cancel(LiveInstance instance, int generation, int id)
    {
        lock (sync)
        {
            if (timers.Remove((instance, generation, id), out var entry))
                entry.IsCancelled = true;
        }
    }

    /// <returns>Whether any was due.</returns>
    public bool FireDue()
    {
        List<Action> due = [];
        lock (sync)
        {
            while (!isOver && Peek() is { } next && next.Due <= clock.GetUtcNow())
                due.Add(queue.Dequeue().Fire);
            SetAlarm();
        }
        foreach (var fire in due)
            fire();
        return due.Count > 0;
    }

    public async ValueTask DisposeAsync()
    {
        lock (sync)
            isOver = true;
        await alarm.DisposeAsync();
    }

    private Entry? Peek()
    {
        while (queue.TryPeek(out var next, out _))
        {
            if (!next.IsCancelled && !next.Instance.IsGone)
                return next;
            queue.Dequeue();
        }
        return null;
    }

    private void SetAlarm()
    {
        if (isOver || Peek() is not { } next)
            return;
        // The system's timers count in milliseconds and may be early by part of one.
        var wait = next.Due - clock.GetUtcNow() + TimeSpan.FromMilliseconds(1);
        alarm.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait, Timeout.InfiniteTimeSpan);
    }
}
