using System.Collections.Concurrent;

namespace LocalHost.Durable;

/// <summary>Counts what is being done, so that one can wait until there is nothing.</summary>
internal sealed class Workload
{
    private readonly Lock sync = new();
    private TaskCompletionSource idle = Finished();
    private int count;

    public void Enter()
    {
        lock (sync)
        {
            if (count++ == 0)
                idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Exit()
    {
        lock (sync)
        {
            if (--count == 0)
                idle.SetResult();
        }
    }

    public Task IdleAsync()
    {
        lock (sync)
            return idle.Task;
    }

    private static TaskCompletionSource Finished()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}

/// <summary>Tells those who wait that an orchestration has changed.</summary>
internal sealed class Signals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new(StringComparer.Ordinal);

    /// <summary>Completes at the next change; take it before you look.</summary>
    public Task Next(string id) => waiting.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Raise(string id)
    {
        if (waiting.TryRemove(id, out var source))
            source.SetResult();
    }
}

/// <summary>One at a time for each id. Ids share a fixed number of locks: never hold two.</summary>
internal sealed class KeyedLocks
{
    private readonly SemaphoreSlim[] locks = [.. Enumerable.Range(0, 512).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<IDisposable> TakeAsync(string id, CancellationToken cancellation)
    {
        var own = locks[(uint)string.GetHashCode(id, StringComparison.Ordinal) % locks.Length];
        await own.WaitAsync(cancellation);
        return new Holding(own);
    }

    private sealed class Holding(SemaphoreSlim own) : IDisposable
    {
        public void Dispose() => own.Release();
    }
}
