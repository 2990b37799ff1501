using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;
using LocalFunctions.Replay;
using LocalFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace LocalFunctions.Engine;

/// <summary>
/// Takes the turns of orchestrations: replay with what is new, commit, and only then do what the turn asked for. So whatever
/// is done was decided on disk, and a crash at any point repeats work but loses none.
/// </summary>
/// <remarks>Over 200 lines, because the order of what is kept, done and told is what makes a crash harmless, and it must be read in one place.</remarks>
internal sealed class TurnRunner : IDisposable
{
    private const int KeptOrigins = 100;
    private readonly Hub hub;
    private readonly ActivityRunner activities;
    private readonly SemaphoreSlim places;

    public TurnRunner(Hub hub)
    {
        this.hub = hub;
        activities = new ActivityRunner(hub);
        places = new SemaphoreSlim(hub.Options.MaxConcurrentOrchestrators);
        Messenger = new Messenger(hub, Wake);
    }

    public Messenger Messenger { get; }

    public void Dispose()
    {
        activities.Dispose();
        places.Dispose();
    }

    /// <summary>Has the orchestration look into its inbox soon.</summary>
    public void Wake(LiveInstance instance)
    {
        if (instance.TryWake())
            hub.Run(() => TakeTurnAsync(instance));
    }

    public void Post(LiveInstance instance, Message message)
    {
        instance.Inbox.Enqueue(message);
        Wake(instance);
    }

    /// <summary>Takes up an orchestration that was found on disk: what its history has planned and not seen is done again.</summary>
    public async Task ResumeAsync(LiveInstance instance, StoredInstance stored)
    {
        await instance.Gate.WaitAsync(hub.Halted);
        try
        {
            await Messenger.HandOverAsync(instance, stored.Turns.Skip(stored.Record.TurnsSent).SelectMany(turn => turn));
            await MarkSentAsync(instance);
        }
        finally
        {
            instance.Gate.Release();
        }
        var over = instance.History.Where(entry => entry.Kind is EventKind.ActivityCompleted or EventKind.ActivityFailed or EventKind.TimerFired or EventKind.TimerCancelled).Select(entry => entry.Id).ToHashSet();
        Dispatch(instance, instance.History.Where(entry => !over.Contains(entry.Id)));
        Messenger.WakeWhenDue(instance);
    }

    /// <summary>Ends an orchestration from outside. The caller holds its gate.</summary>
    public async Task EndAsync(LiveInstance instance, InstanceRecord ended)
    {
        await hub.PersistAsync(() => hub.Store.SaveAsync(ended, hub.Halted));
        await LeaveAsync(instance, ended, []);
    }

    /// <summary>Tells others what an orchestration that had ended before a crash still owed them.</summary>
    public Task SettleDebtAsync(LiveInstance instance, StoredInstance stored) =>
        LeaveAsync(instance, stored.Record, stored.Turns.Skip(stored.Record.TurnsSent).SelectMany(turn => turn));

    private async Task TakeTurnAsync(LiveInstance instance)
    {
        await places.WaitAsync(hub.Halted);
        try
        {
            await instance.Gate.WaitAsync(hub.Halted);
            try
            {
                instance.Awake();
                if (IsReady(instance))
                    await TurnAsync(instance);
            }
            finally
            {
                instance.Gate.Release();
            }
        }
        finally
        {
            places.Release();
        }
    }

    private bool IsReady(LiveInstance instance)
    {
        var record = instance.Record;
        if (instance.IsGone || record.Status == OrchestrationRuntimeStatus.Suspended || (!instance.HasBegun && record.StartAt > hub.Clock.GetUtcNow()))
            return false;
        if (record.Version is "")
            return true;
        // The Functions host leaves such an instance alone, too, as no worker here has a version.
        hub.Logger.LogWarning("{Instance}: stays as it is, because it asks for version {Version} and this app has none.", instance.Id, record.Version);
        return false;
    }

    private async Task TurnAsync(LiveInstance instance)
    {
        var (events, taken) = TakeMessages(instance);
        if (instance.HasBegun && events.Count == 0 && taken.Count == 0)
            return;
        var now = hub.Clock.GetUtcNow();
        List<HistoryEvent> news = [new(EventKind.TurnStarted) { At = now.UtcDateTime }, .. events];
        var before = instance.Record;
        var outcome = Replay(instance, news);
        var origin = $"{before.Id} {before.Generation} ";
        news.AddRange(outcome.Actions.Select(action => action.Kind == EventKind.EventSent ? action with { Origin = origin + action.Id } : action));
        var after = before with { Status = OrchestrationRuntimeStatus.Running, UpdatedAt = now, CustomStatus = outcome.CustomStatus ?? before.CustomStatus };
        if (outcome.Ending is Ending.ContinuedAsNew anew)
            await BeginAnewAsync(instance, after, anew, news, taken);
        else
            await CommitAsync(instance, After(after, outcome), news, taken);
    }

    private static (List<HistoryEvent> Events, List<long> Taken) TakeMessages(LiveInstance instance)
    {
        List<HistoryEvent> events = [];
        List<long> taken = [];
        while (taken.Count < InstanceStore.MaxMessagesPerTurn && instance.Inbox.TryDequeue(out var message))
        {
            if (message.Ticket is { } ticket)
                taken.Add(ticket);
            // An answer to a generation that is over is for nobody.
            if (message.Generation is null || message.Generation == instance.Record.Generation)
                events.Add(message.Event);
        }
        return (events, taken);
    }

    private TurnOutcome Replay(LiveInstance instance, IReadOnlyList<HistoryEvent> news)
    {
        var record = instance.Record;
        if (hub.Catalogue.FindOrchestrator(record.Name) is not { } function)
            return new([], null, new Ending.Failed(DataConverter.Default.Serialize(new { message = $"The function '{record.Name}' doesn't exist, is disabled, or is not an orchestrator function." })!, null));
        var parent = record.Callers.IsEmpty ? null : new ParentOrchestrationInstance(record.Callers[^1].Name, record.Callers[^1].InstanceId);
        return OrchestrationRun.Execute(new Turn
        {
            InstanceId = record.Id,
            Name = record.Name,
            Version = record.Version,
            Input = record.Input,
            Parent = parent,
            Function = function,
            History = instance.History,
            News = news,
            Loggers = hub.Loggers,
        });
    }

    private static InstanceRecord After(InstanceRecord record, TurnOutcome outcome)
    {
        var owes = !record.Callers.IsEmpty || outcome.Actions.Any(action => action.Kind == EventKind.EventSent);
        return outcome.Ending switch
        {
            Ending.Completed completed => record with { Status = OrchestrationRuntimeStatus.Completed, Output = completed.Output, OwesAnswer = owes },
            Ending.Failed failed => record with { Status = OrchestrationRuntimeStatus.Failed, Output = failed.Output, Failure = failed.Failure, OwesAnswer = owes },
            _ => record,
        };
    }

    private async Task CommitAsync(LiveInstance instance, InstanceRecord after, IReadOnlyList<HistoryEvent> turn, List<long> taken)
    {
        // That it runs shows in its turns: the record is written when something else has changed.
        var changed = after.IsOver || after.CustomStatus != instance.Record.CustomStatus;
        await hub.PersistAsync(() => hub.Store.CommitAsync(after.Id, after.Generation, instance.Turns, turn, changed ? after : null, taken, hub.Halted));
        instance.Append(turn);
        if (after.IsOver)
        {
            await LeaveAsync(instance, after, turn);
            return;
        }
        instance.Record = after;
        hub.Signals.Raise(after.Id);
        Dispatch(instance, turn);
        if (await Messenger.HandOverAsync(instance, turn))
            await MarkSentAsync(instance);
        if (!instance.Inbox.IsEmpty)
            Wake(instance);
    }

    private async Task BeginAnewAsync(LiveInstance instance, InstanceRecord record, Ending.ContinuedAsNew anew, IReadOnlyList<HistoryEvent> lastTurn, List<long> taken)
    {
        var origins = instance.History.Concat(lastTurn).Where(entry => entry.Kind == EventKind.EventRaised && entry.Origin is not null).Select(entry => entry.Origin!);
        var next = record with
        {
            Generation = record.Generation + 1,
            TurnsSent = 0,
            CreatedAt = record.UpdatedAt,
            Input = anew.Input,
            Version = anew.Version ?? record.Version,
            Origins = [.. origins.TakeLast(KeptOrigins)],
        };
        var forwarded = lastTurn.Where(entry => entry.Kind == EventKind.EventSent).Select(entry => entry with { Kind = EventKind.EventForwarded });
        List<HistoryEvent> first = [.. anew.Events, .. forwarded];
        await hub.PersistAsync(() => hub.Store.CommitAsync(next.Id, next.Generation, 0, first, next, taken, hub.Halted));
        instance.BeginAnew(next);
        instance.Append(first);
        hub.Signals.Raise(next.Id);
        if (await Messenger.HandOverAsync(instance, first))
            await MarkSentAsync(instance);
        await hub.PersistAsync(() => hub.Store.ForgetBeforeAsync(next, hub.Halted));
        Wake(instance);
    }

    private async Task MarkSentAsync(LiveInstance instance)
    {
        if (instance.Record.TurnsSent == instance.Turns)
            return;
        instance.Record = instance.Record with { TurnsSent = instance.Turns };
        await hub.PersistAsync(() => hub.Store.SaveAsync(instance.Record, hub.Halted));
    }

    private void Dispatch(LiveInstance instance, IEnumerable<HistoryEvent> planned)
    {
        var generation = instance.Record.Generation;
        foreach (var entry in planned)
        {
            if (entry.Kind == EventKind.ActivityScheduled)
                activities.Start(instance, generation, entry, Post);
            else if (entry.Kind == EventKind.TimerCreated)
                hub.Timers.Add(instance, generation, entry.Id, new DateTimeOffset(entry.At!.Value, TimeSpan.Zero), () => Post(instance, new Message(new(EventKind.TimerFired) { Id = entry.Id }, generation)));
            else if (entry.Kind == EventKind.TimerCancelled)
                hub.Timers.Cancel(instance, generation, entry.Id!.Value);
        }
    }

    private async Task LeaveAsync(LiveInstance instance, InstanceRecord ended, IEnumerable<HistoryEvent> unsent)
    {
        instance.Record = ended;
        instance.IsGone = true;
        hub.Signals.Raise(instance.Id);
        if (ended.OwesAnswer)
        {
            await Messenger.HandOverAsync(instance, unsent);
            await Messenger.AnswerAsync(ended);
        }
        // Last of all: who finds it here waits at its gate until nothing is owed any more.
        hub.Live.TryRemove(KeyValuePair.Create(instance.Id, instance));
    }
}
