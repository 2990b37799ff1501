using System.Threading.Channels;
using Azure;
using DurableTask.Core;
using DurableTask.Core.History;
using LocalHost.Storage;
using Microsoft.Extensions.Logging;

namespace LocalHost.Durable;

// What is under way, in memory: taken up from the storage, woken, and forgotten when it rests.
internal sealed partial class OrchestrationService
{
    /// <summary>Takes up what an earlier process has left. Timers that fell due meanwhile go off now.</summary>
    public async Task TakeUpAsync(CancellationToken cancellation)
    {
        await store.CreateAsync(cancellation);
        await foreach (var found in store.OpenAsync(cancellation))
        {
            if (found.HasWork && (found.Id ?? await store.IdOfAsync(found.Partition, cancellation)) is { } id)
                await TakeUpAsync(id, cancellation);
            else if (found.Id is not null)
                SetTimers(found.Id, found.ExecutionId, found.Timers);
        }
    }

    private void SetTimers(string id, string executionId, IEnumerable<KeyValuePair<int, DateTime>> due)
    {
        foreach (var (timer, moment) in due)
        {
            var message = new TaskMessage
            {
                OrchestrationInstance = new OrchestrationInstance { InstanceId = id, ExecutionId = executionId },
                Event = new TimerFiredEvent(-1) { TimerId = timer, FireAt = moment },
            };
            timers.Add(new DateTimeOffset(moment, TimeSpan.Zero), () => RetryAsync(() => DeliverAsync(message, null, keep: false)));
        }
    }

    private void Enqueue(TaskMessage scheduled)
    {
        workload.Enter();
        activities.Writer.TryWrite(scheduled);
    }

    private async Task TakeUpAsync(string id, CancellationToken cancellation)
    {
        Dictionary<string, List<TaskMessage>> outbox = [];
        using (await locks.TakeAsync(id, cancellation))
        {
            if (await store.LoadAsync(id, cancellation) is { } stored)
            {
                outbox = new(stored.Outbox);
                if (!stored.Record.IsOver)
                    TakeUp(stored);
            }
        }
        foreach (var (key, sent) in outbox)
            Later(() => SendAsync(id, key, sent));
    }

    /// <summary>What the history has planned and has not seen is done again. The caller holds the id's lock.</summary>
    private void TakeUp(StoredInstance stored)
    {
        var instance = live[stored.Record.Id] = new Instance(stored.Record, stored.History) { Inbox = new(stored.Inbox) };
        SetTimers(instance.Id, stored.Record.ExecutionId, stored.Record.Timers);
        foreach (var scheduled in stored.History.OfType<TaskScheduledEvent>()
            .Where(scheduled => stored.Record.Activities.Contains(scheduled.EventId)))
            Enqueue(new TaskMessage { OrchestrationInstance = stored.Record.State.OrchestrationInstance, Event = scheduled });
        Wake(instance);
        Forget(instance);
    }

    /// <summary>The one in memory is not what is stored: forget it and take up the other. The caller holds its lock.</summary>
    private async Task ReplaceByStoredAsync(Instance instance)
    {
        instance.IsReplaced = true;
        live.TryRemove(KeyValuePair.Create(instance.Id, instance));
        Later(() => TakeUpAsync(instance.Id, Stopping));
        await Task.CompletedTask;
    }

    private async Task<Instance?> FindAsync(string id)
    {
        if (live.TryGetValue(id, out var instance))
            return instance;
        if (await store.LoadAsync(id, Stopping) is not { } stored)
            return null;
        instance = new Instance(stored.Record, stored.History) { Inbox = new(stored.Inbox) };
        return stored.Record.IsOver ? instance : live[id] = instance;
    }

    /// <summary>Out of memory with one for which nothing is to be done. The caller holds its lock.</summary>
    private void Forget(Instance instance)
    {
        if (instance.Record.IsOver || instance.IsIdle)
            live.TryRemove(KeyValuePair.Create(instance.Id, instance));
    }

    private static async Task<T?> NextAsync<T>(ChannelReader<T> reader, TimeSpan timeout, CancellationToken cancellation)
        where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(timeout);
        try
        {
            return await reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Later(Func<Task> work)
    {
        workload.Enter();
        _ = Task.Run(async () =>
        {
            try
            {
                await RetryAsync(work);
            }
            finally
            {
                workload.Exit();
            }
        });
    }

    /// <summary>Until it succeeds or the host stops: a storage that does not answer for a while loses nothing.</summary>
    private async Task RetryAsync(Func<Task> work)
    {
        for (var tried = 1; !Stopping.IsCancellationRequested; tried++)
        {
            try
            {
                await work();
                return;
            }
            catch (RequestFailedException failure) when (failure.Status is 404)
            {
                // It was done before, and only the answer was lost.
                return;
            }
            catch (Exception failure) when (!Stopping.IsCancellationRequested)
            {
                logger.LogWarning("The storage of the orchestrations does not answer: {Failure}.", failure.GetType().Name);
                await Task.Delay(Backoff.After(tried), CancellationToken.None);
            }
        }
    }
}
