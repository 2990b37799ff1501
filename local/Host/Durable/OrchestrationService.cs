using System.Collections.Concurrent;
using System.Threading.Channels;
using Azure;
using DurableTask.Core;
using DurableTask.Core.History;
using LocalHost.Storage;
using Microsoft.Extensions.Logging;

namespace LocalHost.Durable;

/// <summary>
/// What Microsoft's durable engine asks of a storage, kept on Azurite by the one process that works on it: what is under way is in
/// memory as well, so nothing is polled for. What clients ask is in the other half of this class.
/// </summary>
/// <remarks>
/// What is not in the tables is found out again after a crash: an activity that had not been heard of runs again, a timer goes off
/// again. So an activity may run twice and is never skipped, and a turn happens once.
/// </remarks>
internal sealed partial class OrchestrationService : IOrchestrationService, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly InstanceStore store;
    private readonly TimeProvider clock;
    private readonly HostLimits limits;
    private readonly ILogger logger;
    private readonly TimerQueue timers;
    private readonly Workload workload = new();
    private readonly Signals signals = new();
    private readonly KeyedLocks locks = new();
    private readonly ConcurrentDictionary<string, Instance> live = new(StringComparer.Ordinal);
    private readonly Channel<Instance> ready = Channel.CreateUnbounded<Instance>();
    private readonly Channel<TaskMessage> activities = Channel.CreateUnbounded<TaskMessage>();
    private readonly CancellationTokenSource stopping = new();

    public OrchestrationService(InstanceStore store, TimeProvider clock, HostLimits limits, ILogger logger)
    {
        (this.store, this.clock, this.limits, this.logger) = (store, clock, limits, logger);
        timers = new TimerQueue(clock, workload);
    }

    public DateTimeOffset? NextDue => timers.NextDue;

    int IOrchestrationService.TaskOrchestrationDispatcherCount => 1;

    int IOrchestrationService.MaxConcurrentTaskOrchestrationWorkItems => limits.Orchestrators;

    int IOrchestrationService.TaskActivityDispatcherCount => 1;

    int IOrchestrationService.MaxConcurrentTaskActivityWorkItems => limits.Activities;

    BehaviorOnContinueAsNew IOrchestrationService.EventBehaviourForContinueAsNew => BehaviorOnContinueAsNew.Carryover;

    private CancellationToken Stopping => stopping.Token;

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

    /// <summary>Does what is due and waits until nothing is left to do without more time.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        do
        {
            await workload.IdleAsync().WaitAsync(cancellation);
        }
        while (await timers.FireDueAsync());
    }

    public Task WhenIdleAsync() => workload.IdleAsync();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await timers.DisposeAsync();
        stopping.Dispose();
    }

    async Task<TaskOrchestrationWorkItem?> IOrchestrationService.LockNextTaskOrchestrationWorkItemAsync(
        TimeSpan receiveTimeout, CancellationToken cancellationToken)
    {
        if (await NextAsync(ready.Reader, receiveTimeout, cancellationToken) is not { } instance)
            return null;
        using var own = await locks.TakeAsync(instance.Id, Stopping);
        instance.IsQueued = false;
        instance.IsRunning = true;
        instance.Taken = [];
        while (instance.Taken.Count < InstanceStore.MostMessagesPerTurn && instance.Inbox.TryDequeue(out var message))
            instance.Taken.Add(message);
        return new Turn(instance)
        {
            InstanceId = instance.Id,
            OrchestrationRuntimeState = new OrchestrationRuntimeState([.. instance.History]),
            NewMessages = [.. instance.Taken.Select(message => message.Message)],
            LockedUntilUtc = DateTime.MaxValue,
        };
    }

    async Task IOrchestrationService.CompleteTaskOrchestrationWorkItemAsync(
        TaskOrchestrationWorkItem workItem, OrchestrationRuntimeState newOrchestrationRuntimeState, IList<TaskMessage> outboundMessages,
        IList<TaskMessage> orchestratorMessages, IList<TaskMessage> timerMessages, TaskMessage continuedAsNewMessage,
        OrchestrationState? orchestrationState)
    {
        var instance = ((Turn)workItem).Instance;
        string? outbox;
        using (await locks.TakeAsync(instance.Id, Stopping))
        {
            if (instance.IsReplaced)
                return;
            if (orchestrationState is null)
            {
                logger.LogWarning("{Instance}: the engine dropped what it was told, because it had not begun.", instance.Id);
                instance.Taken = [];
                return;
            }
            KeepInputs(newOrchestrationRuntimeState, outboundMessages);
            outbox = await CommitAsync(instance, newOrchestrationRuntimeState, orchestrationState, [.. orchestratorMessages]);
        }
        signals.Raise(instance.Id);
        foreach (var scheduled in outboundMessages)
            Enqueue(scheduled);
        if (outbox is not null)
            await SendAsync(instance.Id, outbox, [.. orchestratorMessages]);
    }

    /// <summary>The turn came to nothing: what it had taken is there again.</summary>
    async Task IOrchestrationService.AbandonTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem)
    {
        var instance = ((Turn)workItem).Instance;
        using var own = await locks.TakeAsync(instance.Id, Stopping);
        instance.Inbox = new Queue<InboxMessage>(instance.Taken.Concat(instance.Inbox));
        instance.Taken = [];
    }

    async Task IOrchestrationService.ReleaseTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem)
    {
        var instance = ((Turn)workItem).Instance;
        using (await locks.TakeAsync(instance.Id, Stopping))
        {
            instance.IsRunning = false;
            if (!instance.IsReplaced && !instance.Record.IsOver)
                Wake(instance);
            Forget(instance);
        }
        workload.Exit();
    }

    async Task<TaskActivityWorkItem?> IOrchestrationService.LockNextTaskActivityWorkItem(
        TimeSpan receiveTimeout, CancellationToken cancellationToken)
    {
        if (await NextAsync(activities.Reader, receiveTimeout, cancellationToken) is not { } message)
            return null;
        return new TaskActivityWorkItem
        {
            Id = $"{message.OrchestrationInstance.InstanceId}:{message.Event.EventId}",
            TaskMessage = message,
            LockedUntilUtc = DateTime.MaxValue,
        };
    }

    async Task IOrchestrationService.CompleteTaskActivityWorkItemAsync(TaskActivityWorkItem workItem, TaskMessage responseMessage)
    {
        await DeliverAsync(responseMessage, null, keep: false);
        workload.Exit();
    }

    async Task IOrchestrationService.AbandonTaskActivityWorkItemAsync(TaskActivityWorkItem workItem) =>
        await activities.Writer.WriteAsync(workItem.TaskMessage);

    bool IOrchestrationService.IsMaxMessageCountExceeded(int currentMessageCount, OrchestrationRuntimeState runtimeState) => false;

    int IOrchestrationService.GetDelayInSecondsAfterOnProcessException(Exception exception) =>
        exception is OperationCanceledException ? 0 : 1;

    int IOrchestrationService.GetDelayInSecondsAfterOnFetchException(Exception exception) =>
        exception is OperationCanceledException ? 0 : 1;

    // Nothing is locked for a time, and the storage is made when the host starts.
    Task IOrchestrationService.RenewTaskOrchestrationWorkItemLockAsync(TaskOrchestrationWorkItem workItem) => Task.CompletedTask;

    Task<TaskActivityWorkItem> IOrchestrationService.RenewTaskActivityWorkItemLockAsync(TaskActivityWorkItem workItem) =>
        Task.FromResult(workItem);

    Task IOrchestrationService.StartAsync() => Task.CompletedTask;

    Task IOrchestrationService.StopAsync() => Task.CompletedTask;

    Task IOrchestrationService.StopAsync(bool isForced) => Task.CompletedTask;

    Task IOrchestrationService.CreateAsync() => store.CreateAsync(Stopping);

    Task IOrchestrationService.CreateAsync(bool recreateInstanceStore) => store.CreateAsync(Stopping);

    Task IOrchestrationService.CreateIfNotExistsAsync() => store.CreateAsync(Stopping);

    Task IOrchestrationService.DeleteAsync() => throw TheStorageStays();

    Task IOrchestrationService.DeleteAsync(bool deleteInstanceStore) => throw TheStorageStays();

    private static InvalidOperationException TheStorageStays() => new("A task hub goes with the data folder it is in: delete that.");

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
        while (!Stopping.IsCancellationRequested)
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
            catch (Exception failure) when (failure is RequestFailedException or AggregateException or OperationCanceledException)
            {
                logger.LogWarning("The storage of the orchestrations does not answer: {Failure}.", failure.GetType().Name);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    // More than an orchestration hears between a message and its repetition after a crash.
    private const int MostHeard = 200;

    private sealed class Turn(Instance instance) : TaskOrchestrationWorkItem
    {
        public Instance Instance { get; } = instance;
    }
}

/// <summary>What <c>host.json</c> allows at once.</summary>
internal sealed record HostLimits(int Orchestrators, int Activities);
