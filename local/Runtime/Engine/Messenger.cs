using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;
using LocalFunctions.Replay;
using LocalFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace LocalFunctions.Engine;

/// <summary>
/// Hands over what one orchestration has for another: a child to start, an event, an answer. Each is written to the other's
/// partition; told twice, it is taken once.
/// </summary>
internal sealed class Messenger(Hub hub, Action<LiveInstance> wake)
{
    /// <summary>Puts a message into a live orchestration's inbox, on disk and in memory.</summary>
    public async Task PostDurablyAsync(LiveInstance target, Message message)
    {
        if (!target.IsNew(message))
            return;
        await hub.PersistAsync(async () => message = await hub.Store.AddAsync(target.Id, message, hub.Halted));
        target.Inbox.Enqueue(message);
        wake(target);
    }

    /// <summary>Hands over what a turn has for others.</summary>
    /// <returns>Whether there was anything.</returns>
    public async Task<bool> HandOverAsync(LiveInstance sender, IEnumerable<HistoryEvent> turn)
    {
        var any = false;
        foreach (var entry in turn)
        {
            if (entry.Kind == EventKind.ChildScheduled)
                await StartChildAsync(sender.Record, entry);
            else if (entry.Kind is EventKind.EventSent or EventKind.EventForwarded)
                await SendAsync(entry);
            else
                continue;
            any = true;
        }
        return any;
    }

    /// <summary>Tells the callers how it ended.</summary>
    public async Task AnswerAsync(InstanceRecord record)
    {
        foreach (var caller in record.Callers)
        {
            if (!hub.Live.TryGetValue(caller.InstanceId, out var target) || target.Record.Generation != caller.Generation)
                continue;
            var answer = record.Status == OrchestrationRuntimeStatus.Completed
                ? new HistoryEvent(EventKind.ChildCompleted) { Id = caller.CallId, Payload = record.Output }
                : new HistoryEvent(EventKind.ChildFailed) { Id = caller.CallId, Failure = record.Failure };
            await PostDurablyAsync(target, new Message(answer, caller.Generation));
        }
        await hub.PersistAsync(() => hub.Store.SaveAsync(record with { OwesAnswer = false }, hub.Halted));
    }

    /// <summary>Puts a new orchestration on disk, in the place of one of the same id that has ended or is dropped, and wakes it.</summary>
    public async Task BeginAsync(InstanceRecord record, InstanceRecord? earlier)
    {
        if (earlier is not null)
        {
            await hub.PersistAsync(() => hub.Store.ForgetHistoryAsync(record.Id, hub.Halted));
            record = record with { Generation = earlier.Generation + 1 };
        }
        await hub.PersistAsync(() => hub.Store.SaveAsync(record, hub.Halted));
        var instance = new LiveInstance(record);
        hub.Live[record.Id] = instance;
        hub.Signals.Raise(record.Id);
        WakeWhenDue(instance);
    }

    public void WakeWhenDue(LiveInstance instance)
    {
        if (instance.Record.StartAt is { } due && due > hub.Clock.GetUtcNow())
            hub.Timers.Add(instance, instance.Record.Generation, null, due, () => wake(instance));
        else
            wake(instance);
    }

    private async Task SendAsync(HistoryEvent sent)
    {
        // As on the Functions host, an event to one that does not exist is dropped.
        if (hub.Live.TryGetValue(sent.Target!, out var target))
            await PostDurablyAsync(target, new Message(new(EventKind.EventRaised) { Name = sent.Name, Payload = sent.Payload, Origin = sent.Origin }, null));
    }

    private async Task StartChildAsync(InstanceRecord parent, HistoryEvent call)
    {
        var id = call.Target!;
        var caller = new Caller(parent.Id, parent.Name, parent.Generation, call.Id!.Value);
        using var turn = await hub.Locks.TakeAsync(id, hub.Halted);
        var live = hub.Live.GetValueOrDefault(id);
        var earlier = live?.Record ?? await hub.Store.FindAsync(id, withPayloads: false, hub.Halted);
        if (earlier?.Callers.Contains(caller) == true)
            return;
        if (earlier is not null && !earlier.Callers.Any(other => other.InstanceId == parent.Id))
            hub.Logger.LogWarning("{Parent}: its child {Child} replaces an orchestration of the same id that was {Status}. Give each child an id of its own.", parent.Id, id, earlier.Status);
        if (live is not null)
            await DropAsync(live);
        var callers = live is null || live.Record.IsOver ? [] : live.Record.Callers;
        var now = hub.Clock.GetUtcNow();
        await BeginAsync(new InstanceRecord { Id = id, Name = call.Name!, Version = call.Version ?? "", Input = call.Payload, CreatedAt = now, UpdatedAt = now, Callers = [.. callers, caller] }, earlier);
    }

    private static async Task DropAsync(LiveInstance instance)
    {
        await instance.Gate.WaitAsync();
        instance.IsGone = true;
        instance.Gate.Release();
    }
}
