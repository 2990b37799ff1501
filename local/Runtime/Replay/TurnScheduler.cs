namespace LocalFunctions.Replay;

/// <summary>
/// Runs an orchestrator's code on the one thread that owns the turn, and only during it. What other threads bring back (the
/// end of a Task.Delay, of I/O) is not taken: it could not be replayed.
/// </summary>
internal sealed class TurnScheduler : TaskScheduler
{
    private readonly Queue<Task> queue = new();
    private readonly int owner = Environment.CurrentManagedThreadId;
    private volatile bool closed;

    public override int MaximumConcurrencyLevel => 1;

    /// <exception cref="InvalidOperationException">The caller is on another thread, or the turn is over.</exception>
    public void VerifyAccess()
    {
        if (!IsOwner)
            throw new InvalidOperationException(
                "An invalid asynchronous invocation was detected. An orchestrator awaits only what its context gave it: " +
                "no Task.Delay, Task.Run or ConfigureAwait(false), no I/O. That belongs into an activity.");
    }

    public void Drain()
    {
        while (queue.TryDequeue(out var task))
            TryExecuteTask(task);
    }

    public void Close() => closed = true;

    protected override void QueueTask(Task task)
    {
        if (IsOwner)
            queue.Enqueue(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => IsOwner && !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => queue;

    private bool IsOwner => !closed && Environment.CurrentManagedThreadId == owner;
}
