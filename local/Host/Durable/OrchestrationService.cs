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
    private readonly InstanceStore store;
    private readonly WriteGate gate;
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

    public OrchestrationService(InstanceStore store, WriteGate gate, TimeProvider clock, HostLimits limits, ILogger logger)
    {
        (this.store, this.gate, this.clock, this.limits, this.logger) = (store, gate, clock, limits, logger);
        timers = new TimerQueue(clock, workload);
    }

    public DateTimeOffset? NextDue => timers.NextDue;

    int IOrchestrationService.TaskOrchestrationDispatcherCount => 1;

    int IOrchestrationService.MaxConcurrentTaskOrchestrationWorkItems => limits.Orchestrators;

    int IOrchestrationService.TaskActivityDispatcherCount => 1;

    int IOrchestrationService.MaxConcurrentTaskActivityWorkItems => limits.Activities;

    BehaviorOnContinueAsNew IOrchestrationService.EventBehaviourForContinueAsNew => BehaviorOnContinueAsNew.Carryover;

    private CancellationToken Stopping => stopping.Token;

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
}
