using System.Text.Json;
using LocalFunctions.DurableTask;
using LocalFunctions.Engine;
using Microsoft.Extensions.Logging;

namespace LocalFunctions.Replay;

/// <summary>
/// One turn of an orchestrator: its code runs from the start, is fed the history, then what is new, until it waits for
/// something that has not happened. Its calls must be those that the history tells.
/// </summary>
/// <remarks>Over 200 lines: the state of one run, which every part of it reads and changes, so that parts would only hand it to and fro.</remarks>
internal sealed class OrchestrationRun
{
    // Custom status is at most 16 KB of UTF-16, as on the Functions host.
    private const int MaxCustomStatusCharacters = 8 * 1024;

    private readonly Turn turn;
    private readonly ILogger logger;
    private readonly TurnScheduler scheduler = new();
    private readonly ExternalEvents events = new();
    private readonly SortedDictionary<int, HistoryEvent> planned = [];
    private readonly SortedSet<int> cancelledTimers = [];
    private readonly Dictionary<int, OpenCall> open = [];
    private int nextId;
    private Task<object?>? main;
    private Exception? fatal;
    private string? customStatus;
    private ContinueAsNewOptions? continuation;

    private OrchestrationRun(Turn turn)
    {
        this.turn = turn;
        logger = turn.Loggers.CreateLogger("LocalFunctions.Orchestration");
    }

    private sealed record OpenCall(HistoryEvent Call, TaskCompletionSource<string?> Source);

    public bool IsReplaying { get; private set; }

    public DateTime Now { get; private set; }

    /// <summary>Runs the turn on the calling thread.</summary>
    public static TurnOutcome Execute(Turn turn)
    {
        var run = new OrchestrationRun(turn);
        try
        {
            run.Feed(turn.History, replaying: true);
            run.Feed(turn.News, replaying: false);
            return run.Conclude();
        }
        finally
        {
            run.scheduler.Close();
        }
    }

    public void VerifyAccess() => scheduler.VerifyAccess();

    /// <summary>Plans an activity, child or timer. The result fails with <see cref="TaskFailedException"/>.</summary>
    public Task<string?> Call(HistoryEvent call, CancellationToken cancellation = default)
    {
        scheduler.VerifyAccess();
        var id = nextId++;
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<string?>(cancellation);
        var source = new TaskCompletionSource<string?>();
        planned[id] = call with { Id = id };
        open[id] = new(planned[id], source);
        if (cancellation.CanBeCanceled)
            cancellation.Register(() => CancelTimer(id, source, cancellation));
        return source.Task;
    }

    public void Send(string instanceId, string eventName, string? payload)
    {
        scheduler.VerifyAccess();
        var id = nextId++;
        planned[id] = new(EventKind.EventSent) { Id = id, Target = instanceId, Name = eventName, Payload = payload };
    }

    public Task<T> WaitForEvent<T>(string name, CancellationToken cancellation)
    {
        scheduler.VerifyAccess();
        if (!IsReplaying && events.IsAwaitedByName(name))
            logger.LogWarning("{Instance}: event {Event} is awaited twice at once; the newer wait will be served first.", turn.InstanceId, name);
        return events.WaitAsync<T>(name, cancellation);
    }

    public void SetCustomStatus(object? value)
    {
        scheduler.VerifyAccess();
        customStatus = DataConverter.Default.Serialize(value) ?? "null";
    }

    public void ContinueAsNew(ContinueAsNewOptions options)
    {
        scheduler.VerifyAccess();
        continuation = options;
    }

    private void Feed(IReadOnlyList<HistoryEvent> entries, bool replaying)
    {
        IsReplaying = replaying;
        foreach (var entry in entries)
        {
            if (fatal is not null)
                return;
            Apply(entry);
            scheduler.Drain();
        }
    }

    private void Apply(HistoryEvent entry)
    {
        switch (entry.Kind)
        {
            case EventKind.TurnStarted:
                Now = DateTime.SpecifyKind(entry.At!.Value, DateTimeKind.Utc);
                main ??= Task.Factory.StartNew(() => turn.Function(new RunContext(this, turn)), CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap();
                break;
            case EventKind.ActivityScheduled or EventKind.ChildScheduled or EventKind.TimerCreated or EventKind.EventSent:
                Match(entry);
                break;
            case EventKind.TimerCancelled:
                cancelledTimers.Remove(entry.Id!.Value);
                break;
            case EventKind.EventRaised:
                Deliver(entry);
                break;
            case EventKind.EventForwarded:
                break;
            default:
                Complete(entry);
                break;
        }
    }

    private void Deliver(HistoryEvent raised)
    {
        try
        {
            events.Deliver(raised);
        }
        catch (JsonException exception)
        {
            // As on the Functions host: the orchestration fails, and a catch around its wait does not see it.
            fatal = exception;
        }
    }

    private void Match(HistoryEvent recorded)
    {
        if (planned.Remove(recorded.Id!.Value, out var call) && call.Kind == recorded.Kind && string.Equals(call.Name, recorded.Name, StringComparison.OrdinalIgnoreCase))
            return;
        var now = call is not null ? $"now asks for {call.Describe()}" : main!.IsCompleted ? "now ends before it" : "now does not ask for it";
        fatal = new NonDeterministicOrchestrationException($"A previous execution of '{turn.Name}' scheduled {recorded.Describe()}, but the same code {now}. Was the orchestrator changed while this instance was under way?");
    }

    private void Complete(HistoryEvent outcome)
    {
        if (!open.Remove(outcome.Id!.Value, out var call))
            return;
        if (outcome.Kind is EventKind.ActivityFailed or EventKind.ChildFailed)
            call.Source.TrySetException(new TaskFailedException(call.Call.Name!, outcome.Id.Value, outcome.Failure!));
        else
            call.Source.TrySetResult(outcome.Payload);
    }

    private void CancelTimer(int id, TaskCompletionSource<string?> source, CancellationToken cancellation)
    {
        if (!source.TrySetCanceled(cancellation))
            return;
        open.Remove(id);
        // One that was created in this same turn never needs to exist.
        if (!planned.Remove(id))
            cancelledTimers.Add(id);
    }

    private TurnOutcome Conclude()
    {
        var actions = planned.Values.Concat(cancelledTimers.Select(id => new HistoryEvent(EventKind.TimerCancelled) { Id = id })).ToList();
        if (customStatus?.Length > MaxCustomStatusCharacters)
            fatal ??= new ArgumentException($"The size of the custom status must not exceed 16 KB of UTF-16 text; it is {customStatus.Length * 2 / 1024} KB.");
        if (fatal is not null)
            return new([], customStatus?.Length > MaxCustomStatusCharacters ? null : customStatus, Ending.Failed.From(fatal));
        if (main!.IsCompleted && open.Count == 0)
            return new(actions, customStatus, End());
        if (!main.IsCompleted && open.Count == 0 && !events.IsAwaited)
            logger.LogError("{Instance}: '{Name}' awaits something that is not durable (Task.Delay, I/O, another thread) and will not go on. An orchestrator awaits only what its context gave it.", turn.InstanceId, turn.Name);
        return new(actions, customStatus, null);
    }

    private Ending End()
    {
        if (main!.IsFaulted)
            return Ending.Failed.From(main.Exception.InnerException!);
        if (main.IsCanceled)
            return Ending.Failed.From(new AggregateException(new TaskCanceledException(main)));
        try
        {
            return continuation is null
                ? new Ending.Completed(DataConverter.Default.Serialize(main.Result))
                : new Ending.ContinuedAsNew(DataConverter.Default.Serialize(continuation.NewInput), continuation.NewVersion, continuation.PreserveUnprocessedEvents ? events.Unclaimed : []);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException)
        {
            return Ending.Failed.From(exception);
        }
    }
}
