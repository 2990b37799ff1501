using Azure;
using DurableTask.Core;
using DurableTask.Core.History;
using LocalHost.Storage;

namespace LocalHost.Durable;

// What a turn has done: it is written down, and what it sent is handed over.
internal sealed partial class OrchestrationService
{
    // More than an orchestration hears between a message and its repetition after a crash.
    private const int MostHeard = 200;

    /// <summary>The engine leaves inputs out of a history; an activity that runs again after a crash needs its own.</summary>
    private static void KeepInputs(OrchestrationRuntimeState state, IEnumerable<TaskMessage> scheduled)
    {
        // Ids begin anew with each continue-as-new; the events kept are those of the last life.
        var inputs = new Dictionary<int, string?>();
        foreach (var sent in scheduled.Select(message => message.Event).OfType<TaskScheduledEvent>())
            inputs[sent.EventId] = sent.Input;
        foreach (var kept in state.NewEvents.OfType<TaskScheduledEvent>())
            kept.Input = inputs.GetValueOrDefault(kept.EventId);
    }

    private async Task<string?> CommitAsync(
        Instance instance, OrchestrationRuntimeState state, OrchestrationState shown, List<TaskMessage> sent)
    {
        var before = instance.Record;
        var now = clock.GetUtcNow().UtcDateTime;
        List<HistoryEvent> events = [.. state.NewEvents];
        foreach (var happened in events)
            happened.Timestamp = happened.Timestamp > now || happened is not OrchestratorStartedEvent ? now : happened.Timestamp;
        var isAnew = shown.OrchestrationInstance.ExecutionId != before.ExecutionId;
        var basis = isAnew ? new InstanceRecord { State = shown, Generation = before.Generation + 1, Since = before.Since } : before;
        shown.CreatedTime = isAnew ? now : before.State.CreatedTime;
        shown.LastUpdatedTime = now;
        shown.Tags ??= before.State.Tags;
        var heard = instance.Taken.Select(message => message.Origin).OfType<string>();
        var after = basis.After(events) with
        {
            State = shown,
            Turns = basis.Turns + 1,
            Heard = [.. before.Heard.Concat(heard).TakeLast(MostHeard)],
        };
        string? outbox;
        try
        {
            outbox = await store.CommitAsync(after, events, instance.Taken, sent, Stopping);
        }
        catch (RequestFailedException failure) when (failure.Status is 404)
        {
            // A message that was to be taken is gone: an earlier try has been written, and only its answer was lost.
            await ReplaceByStoredAsync(instance);
            return null;
        }
        instance.Taken = [];
        instance.Record = after;
        instance.History = isAnew ? events : [.. instance.History, .. events];
        SetTimers(instance.Id, after.ExecutionId, isAnew ? after.Timers : after.Timers.Except(before.Timers));
        if (isAnew || after.IsOver)
            Later(() => store.SweepAsync(after, Stopping));
        return outbox;
    }

    /// <summary>Hands over what a turn has sent. It is kept until all has arrived, and known again where it comes twice.</summary>
    private async Task SendAsync(string id, string outbox, List<TaskMessage> sent)
    {
        workload.Enter();
        try
        {
            await RetryAsync(async () =>
            {
                for (var index = 0; index < sent.Count; index++)
                    await DeliverAsync(sent[index], $"{id} {outbox} {index}", keep: true);
                await store.ForgetSentAsync(id, outbox, Stopping);
            });
        }
        finally
        {
            workload.Exit();
        }
    }

    /// <returns>False where nobody is there to take it: it is dropped.</returns>
    /// <param name="keep">Write it down until a turn takes it.</param>
    private async Task<bool> DeliverAsync(TaskMessage message, string? origin, bool keep)
    {
        var id = message.OrchestrationInstance.InstanceId;
        using var own = await locks.TakeAsync(id, Stopping);
        var instance = await FindAsync(id);
        if (origin is not null && instance?.HasHeard(origin) == true)
            return true;
        if (message.Event is ExecutionStartedEvent)
        {
            await BeginAsync(instance?.Record, message, origin);
            return true;
        }
        if (instance is null || instance.Record.IsOver || IsForAnother(message, instance.Record))
            return false;
        instance.Inbox.Enqueue(
            keep ? await store.AddAsync(instance.Record, message, origin, Stopping) : new InboxMessage(message, null, origin));
        Wake(instance);
        return true;
    }

    private static bool IsForAnother(TaskMessage message, InstanceRecord record) =>
        message.OrchestrationInstance.ExecutionId is { Length: > 0 } meant && meant != record.ExecutionId;

    /// <summary>Begins an orchestration; one of the same id gives way. The caller holds the id's lock.</summary>
    private async Task BeginAsync(InstanceRecord? earlier, TaskMessage message, string? origin)
    {
        var start = (ExecutionStartedEvent)message.Event;
        var now = clock.GetUtcNow().UtcDateTime;
        var generation = earlier is null ? 0 : earlier.Generation + 1;
        var record = new InstanceRecord
        {
            Generation = generation,
            Since = generation,
            Heard = earlier?.Heard ?? [],
            State = new OrchestrationState
            {
                OrchestrationInstance = start.OrchestrationInstance,
                ParentInstance = start.ParentInstance,
                Name = start.Name,
                Version = start.Version,
                Input = start.Input,
                Tags = start.Tags,
                OrchestrationStatus = OrchestrationStatus.Pending,
                CreatedTime = now,
                LastUpdatedTime = now,
                ScheduledStartTime = start.ScheduledStartTime,
            },
        };
        var kept = await store.BeginAsync(record, message, origin, Stopping);
        if (live.TryRemove(record.Id, out var replaced))
            replaced.IsReplaced = true;
        var instance = live[record.Id] = new Instance(record, []);
        instance.Inbox.Enqueue(kept);
        Wake(instance);
        signals.Raise(record.Id);
        if (earlier is not null)
            Later(() => store.SweepAsync(record, Stopping));
    }

    /// <summary>Has an orchestration look into its inbox soon. The caller holds its lock.</summary>
    private void Wake(Instance instance)
    {
        if (instance.IsQueued || instance.IsRunning || instance.Inbox.Count == 0)
            return;
        if (instance.Record.StartAt is { } start && start > clock.GetUtcNow())
        {
            timers.Add(start, () => WakeAsync(instance));
            return;
        }
        instance.IsQueued = true;
        workload.Enter();
        ready.Writer.TryWrite(instance);
    }

    private async Task WakeAsync(Instance instance)
    {
        using var own = await locks.TakeAsync(instance.Id, Stopping);
        if (!instance.IsReplaced && !instance.Record.IsOver)
            Wake(instance);
    }

    private sealed class Turn(Instance instance) : TaskOrchestrationWorkItem
    {
        public Instance Instance { get; } = instance;
    }
}
