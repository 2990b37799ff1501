using LocalFunctions.DurableTask;

namespace LocalFunctions.Replay;

/// <summary>Events that came, and waits for them, within one run. An event goes to the newest wait for its name; one that nobody awaits is kept, in order.</summary>
internal sealed class ExternalEvents
{
    private readonly List<HistoryEvent> unclaimed = [];
    private readonly List<IWait> waits = [];

    private interface IWait
    {
        string Name { get; }

        bool IsOver { get; }

        void Complete(string? payload);
    }

    /// <summary>What nobody has awaited yet, oldest first.</summary>
    public IReadOnlyList<HistoryEvent> Unclaimed => unclaimed;

    public bool IsAwaited => waits.Exists(wait => !wait.IsOver);

    public bool IsAwaitedByName(string name) => waits.Exists(wait => !wait.IsOver && Same(wait.Name, name));

    /// <exception cref="System.Text.Json.JsonException">The payload is not of the type that is awaited.</exception>
    public void Deliver(HistoryEvent raised)
    {
        var index = waits.FindLastIndex(wait => !wait.IsOver && Same(wait.Name, raised.Name!));
        if (index < 0)
        {
            unclaimed.Add(raised);
            return;
        }
        var wait = waits[index];
        waits.RemoveAt(index);
        wait.Complete(raised.Payload);
    }

    public Task<T> WaitAsync<T>(string name, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellation);
        var wait = new Wait<T>(name);
        var index = unclaimed.FindIndex(raised => Same(raised.Name!, name));
        if (index >= 0)
        {
            var raised = unclaimed[index];
            unclaimed.RemoveAt(index);
            wait.Complete(raised.Payload);
            return wait.Task;
        }
        waits.Add(wait);
        cancellation.Register(() => wait.Cancel(cancellation));
        return wait.Task;
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private sealed class Wait<T>(string name) : IWait
    {
        private readonly TaskCompletionSource<T> source = new();

        public string Name => name;

        public Task<T> Task => source.Task;

        public bool IsOver => source.Task.IsCompleted;

        public void Complete(string? payload) => source.TrySetResult(DataConverter.Default.Deserialize<T>(payload)!);

        public void Cancel(CancellationToken cancellation) => source.TrySetCanceled(cancellation);
    }
}
