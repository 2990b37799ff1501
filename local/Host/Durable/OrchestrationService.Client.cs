using System.Text;
using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using Grpc.Core;

namespace LocalHost.Durable;

/// <summary>What clients ask: start, tell, look, wait, purge. Refusals are those of the Functions host.</summary>
internal sealed partial class OrchestrationService
    : IOrchestrationServiceClient, IOrchestrationServiceQueryClient, IOrchestrationServicePurgeClient
{
    private const int PageSize = 100;

    public Task CreateTaskOrchestrationAsync(TaskMessage creationMessage) => CreateTaskOrchestrationAsync(creationMessage, []);

    /// <exception cref="OrchestrationAlreadyExistsException">
    /// One of the same id is under way, or is in one of <paramref name="dedupeStatuses"/>.
    /// </exception>
    public async Task CreateTaskOrchestrationAsync(TaskMessage creationMessage, OrchestrationStatus[]? dedupeStatuses)
    {
        var id = creationMessage.OrchestrationInstance.InstanceId;
        using var own = await locks.TakeAsync(id, Stopping);
        var earlier = live.TryGetValue(id, out var instance) ? instance.Record : await store.FindAsync(id, Stopping);
        if (earlier is not null && (!earlier.IsOver || dedupeStatuses?.Contains(earlier.State.OrchestrationStatus) == true))
            throw new OrchestrationAlreadyExistsException($"An Orchestration instance with the ID {id} already exists.");
        await BeginAsync(earlier, creationMessage, null);
    }

    public async Task SendTaskOrchestrationMessageAsync(TaskMessage message)
    {
        if (message.Event is ExecutionSuspendedEvent or ExecutionResumedEvent)
            await RequireToBeAsync(message.OrchestrationInstance.InstanceId, suspended: message.Event is ExecutionResumedEvent);
        if (!await DeliverAsync(message, null, keep: true))
            throw await RefusalAsync(message.OrchestrationInstance.InstanceId);
    }

    public async Task SendTaskOrchestrationMessageBatchAsync(params TaskMessage[] messages)
    {
        foreach (var message in messages)
            await SendTaskOrchestrationMessageAsync(message);
    }

    public async Task ForceTerminateTaskOrchestrationAsync(string instanceId, string reason)
    {
        if (await TryEndBeforeItBeginsAsync(instanceId, reason))
            return;
        await SendTaskOrchestrationMessageAsync(new TaskMessage
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = instanceId },
            Event = new ExecutionTerminatedEvent(-1, reason),
        });
    }

    public async Task<OrchestrationState> WaitForOrchestrationAsync(
        string instanceId, string? executionId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stopping);
        patience.CancelAfter(timeout);
        while (true)
        {
            var changed = signals.Next(instanceId);
            if (await RecordAsync(instanceId) is { IsOver: true } record && IsMeant(record, executionId))
                return record.State;
            await changed.WaitAsync(patience.Token);
        }
    }

    public async Task<IList<OrchestrationState>> GetOrchestrationStateAsync(string instanceId, bool allExecutions) =>
        await RecordAsync(instanceId) is { } record ? [record.State] : [];

    /// <exception cref="RpcException">The storage is away or another host's: what is in memory may not be so any more.</exception>
    public async Task<OrchestrationState?> GetOrchestrationStateAsync(string instanceId, string? executionId) =>
        gate.Lease is { IsHeld: false }
            ? throw new RpcException(new Status(StatusCode.Unavailable, "The storage of the orchestrations cannot be reached."))
            : await RecordAsync(instanceId) is { } record && IsMeant(record, executionId) ? record.State : null;

    public Task<string> GetOrchestrationHistoryAsync(string instanceId, string executionId) =>
        throw new RpcException(new Status(StatusCode.Unimplemented, "Histories are read from the tables: see local/Host/README.md."));

    public Task PurgeOrchestrationHistoryAsync(DateTime thresholdDateTimeUtc, OrchestrationStateTimeRangeFilterType timeRangeFilterType) =>
        throw new RpcException(new Status(StatusCode.Unimplemented, "Purge by id, or by a filter."));

    public async Task<OrchestrationQueryResult> GetOrchestrationWithQueryAsync(
        OrchestrationQuery query, CancellationToken cancellationToken)
    {
        var after = query.ContinuationToken is { Length: > 0 } token ? Encoding.UTF8.GetString(Convert.FromBase64String(token)) : null;
        var size = query.PageSize > 0 ? query.PageSize : PageSize;
        List<OrchestrationState> page = [];
        await foreach (var stored in store.RecordsAsync(query.InstanceIdPrefix, after, cancellationToken))
        {
            var record = live.TryGetValue(stored.Id, out var instance) ? instance.Record : stored;
            if (!IsMatch(query, record.State))
                continue;
            if (page.Count == size)
                return new OrchestrationQueryResult(
                    page, Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].OrchestrationInstance.InstanceId)));
            page.Add(
                record.State.ClearFieldsImmutably(clearInput: !query.FetchInputsAndOutputs, clearOutput: !query.FetchInputsAndOutputs));
        }
        return new OrchestrationQueryResult(page, null);
    }

    public async Task<PurgeResult> PurgeInstanceStateAsync(string instanceId)
    {
        using var own = await locks.TakeAsync(instanceId, Stopping);
        if (await RecordAsync(instanceId) is not { } record)
            return new PurgeResult(0);
        if (!record.IsOver)
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "Only orchestrations in a terminal state can be purged."));
        await store.DeleteAsync(instanceId, Stopping);
        return new PurgeResult(1);
    }

    public async Task<PurgeResult> PurgeInstanceStateAsync(PurgeInstanceFilter purgeInstanceFilter)
    {
        var query = new OrchestrationQuery
        {
            CreatedTimeFrom = purgeInstanceFilter.CreatedTimeFrom,
            CreatedTimeTo = purgeInstanceFilter.CreatedTimeTo,
            RuntimeStatus = purgeInstanceFilter.RuntimeStatus?.ToList(),
        };
        List<string> over = [];
        await foreach (var record in store.RecordsAsync(null, null, Stopping))
        {
            if (record.IsOver && IsMatch(query, record.State))
                over.Add(record.Id);
        }
        var count = 0;
        foreach (var id in over)
            count += (await PurgeInstanceStateAsync(id)).DeletedInstanceCount;
        return new PurgeResult(count);
    }

    private static bool IsMeant(InstanceRecord record, string? executionId) => executionId is null || executionId == record.ExecutionId;

    private static bool IsMatch(OrchestrationQuery query, OrchestrationState state) =>
        (query.CreatedTimeFrom is null || state.CreatedTime >= query.CreatedTimeFrom) &&
        (query.CreatedTimeTo is null || state.CreatedTime <= query.CreatedTimeTo) &&
        (query.RuntimeStatus is not { Count: > 0 } wanted || wanted.Contains(state.OrchestrationStatus));

    private async Task<InstanceRecord?> RecordAsync(string id) =>
        live.TryGetValue(id, out var instance) ? instance.Record : await store.FindAsync(id, Stopping);

    private async Task RequireToBeAsync(string id, bool suspended)
    {
        if (await RecordAsync(id) is { IsOver: false } record
            && suspended != (record.State.OrchestrationStatus == OrchestrationStatus.Suspended))
        {
            var why = $"The orchestration instance is {(suspended ? "not" : "already")} suspended.";
            throw new RpcException(new Status(StatusCode.FailedPrecondition, why));
        }
    }

    private async Task<RpcException> RefusalAsync(string id) => await store.FindAsync(id, Stopping) is null
        ? new RpcException(new Status(StatusCode.NotFound, $"No instance with ID '{id}' was found"))
        : new RpcException(
            new Status(StatusCode.FailedPrecondition, "The orchestration instance with the provided instance id is not running."));

    /// <summary>One that waits for its start has nothing to be told: it is over at once.</summary>
    private async Task<bool> TryEndBeforeItBeginsAsync(string id, string reason)
    {
        using var own = await locks.TakeAsync(id, Stopping);
        if (await FindAsync(id) is not { IsRunning: false, IsQueued: false, Record.IsOver: false, History.Count: 0 } instance)
            return false;
        var state = instance.Record.State;
        (state.OrchestrationStatus, state.Output, state.LastUpdatedTime) = (
            OrchestrationStatus.Terminated, reason, clock.GetUtcNow().UtcDateTime);
        await store.CommitAsync(instance.Record with { Turns = 1 }, [], instance.Inbox, [], Stopping);
        instance.IsReplaced = true;
        live.TryRemove(KeyValuePair.Create(id, instance));
        signals.Raise(id);
        return true;
    }
}
