using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;
using LocalFunctions.Replay;
using LocalFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace LocalFunctions.Engine;

/// <summary>The client of an engine in the same process.</summary>
/// <remarks>Over 200 lines, because the official abstract class has that many members; each is short.</remarks>
internal sealed class EngineClient(Hub hub, TurnRunner turns) : DurableTaskClient("LocalFunctions")
{
    // What the client of the Functions host can send at once.
    private const int LargestPayload = 4 * 1024 * 1024;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        var id = string.IsNullOrEmpty(options?.InstanceId) ? Guid.NewGuid().ToString("N") : options.InstanceId;
        if (id.StartsWith('@'))
            throw new ArgumentException($"Instance ids that begin with @ are reserved: '{id}'.", nameof(options));
        var now = hub.Clock.GetUtcNow();
        var record = new InstanceRecord
        {
            Id = id,
            Name = orchestratorName.Name,
            Version = options?.Version?.Version ?? "",
            CreatedAt = now,
            UpdatedAt = now,
            StartAt = options?.StartAt,
            Input = Serialize(input),
            Tags = [.. options?.Tags ?? new Dictionary<string, string>()],
        };
        using var own = await hub.Locks.TakeAsync(id, cancellation);
        var earlier = await FindSettledAsync(id, withPayloads: false, cancellation);
        if (earlier is not null)
        {
            if (!earlier.IsOver || options?.DedupeStatuses?.Contains(earlier.Status.ToString(), StringComparer.OrdinalIgnoreCase) == true)
                throw new OrchestrationAlreadyExistsException($"An Orchestration instance with the ID {id} already exists.");
            hub.Logger.LogWarning("{Instance}: replaces an orchestration of the same id that was {Status}. To keep that, start with DedupeStatuses.", id, earlier.Status);
        }
        await turns.Messenger.BeginAsync(record, earlier);
        return id;
    }

    public override async Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var instance = await RequireLiveAsync(instanceId, cancellation);
        if (!instance.HasBegun && instance.Record.StartAt > hub.Clock.GetUtcNow())
        {
            // So does the Functions host.
            hub.Logger.LogWarning("{Instance}: event {Event} is lost, because the orchestration waits for its start.", instanceId, eventName);
            return;
        }
        var raised = new HistoryEvent(EventKind.EventRaised) { Name = eventName, Payload = Serialize(eventPayload) };
        await turns.Messenger.PostDurablyAsync(instance, new Message(raised, null));
    }

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        ChangeAsync(instanceId, _ => true, (instance, now) => turns.EndAsync(instance, instance.Record with
        {
            Status = OrchestrationRuntimeStatus.Terminated,
            UpdatedAt = now,
            Output = Serialize(options?.Output),
            Failure = null,
            OwesAnswer = !instance.Record.Callers.IsEmpty,
        }), cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        ChangeAsync(instanceId, status => status != OrchestrationRuntimeStatus.Suspended, (instance, now) =>
            SaveAsync(instance, instance.Record with { Status = OrchestrationRuntimeStatus.Suspended, UpdatedAt = now, SuspendReason = reason }), cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        ChangeAsync(instanceId, status => status == OrchestrationRuntimeStatus.Suspended, async (instance, now) =>
        {
            var status = instance.HasBegun || instance.Record.Generation > 0 ? OrchestrationRuntimeStatus.Running : OrchestrationRuntimeStatus.Pending;
            await SaveAsync(instance, instance.Record with { Status = status, UpdatedAt = now, SuspendReason = null });
            turns.Wake(instance);
        }, cancellation);

    public override async Task<string> RestartAsync(string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var record = await FindAsync(instanceId, withPayloads: true, cancellation) ?? throw new ArgumentException(NotFound(instanceId), nameof(instanceId));
        if (!record.IsOver && !restartWithNewInstanceId)
            throw new DurableRequestException($"The orchestration {instanceId} has not completed; it can only be restarted under a new id.");
        var input = record.Input is null ? (object?)null : DataConverter.Default.Deserialize<System.Text.Json.JsonElement>(record.Input);
        return await ScheduleNewOrchestrationInstanceAsync(record.Name, input, new StartOrchestrationOptions(restartWithNewInstanceId ? null : instanceId) { Tags = record.Tags }, cancellation);
    }

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return await FindAsync(instanceId, getInputsAndOutputs, cancellation) is { } record ? Metadata.Of(record, getInputsAndOutputs) : null;
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => new InstancePages(hub, filter ?? new OrchestrationQuery());

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, found => found.RuntimeStatus != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, nameof(WaitForInstanceStartAsync), cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, found => found.IsCompleted, getInputsAndOutputs, nameof(WaitForInstanceCompletionAsync), cancellation);

    public override async Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        using var own = await hub.Locks.TakeAsync(instanceId, cancellation);
        if (await FindSettledAsync(instanceId, withPayloads: false, cancellation) is not { } record)
            return new PurgeResult(0);
        if (!record.IsOver)
            throw new InvalidOperationException($"Only orchestrations in a terminal state can be purged; {instanceId} is {record.Status}.");
        await hub.PersistAsync(() => hub.Store.DeleteAsync(instanceId, hub.Halted));
        return new PurgeResult(1);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        List<string> over = [];
        await foreach (var found in GetAllInstancesAsync(new OrchestrationQuery(filter.CreatedFrom, filter.CreatedTo, filter.Statuses)).WithCancellation(cancellation))
        {
            if (found.IsCompleted)
                over.Add(found.InstanceId);
        }
        var count = 0;
        foreach (var id in over)
            count += (await PurgeInstanceAsync(id, options, cancellation)).PurgedInstanceCount;
        return new PurgeResult(count);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string NotFound(string id) => $"No instance with ID '{id}' was found";

    private static string? Serialize(object? value)
    {
        var text = DataConverter.Default.Serialize(value);
        return text?.Length > LargestPayload
            ? throw new DurableRequestException($"ResourceExhausted: the payload is larger than {LargestPayload / 1024 / 1024} MB. Keep it in a blob and pass its name.")
            : text;
    }

    private async Task SaveAsync(LiveInstance instance, InstanceRecord record)
    {
        await hub.PersistAsync(() => hub.Store.SaveAsync(record, hub.Halted));
        instance.Record = record;
        hub.Signals.Raise(record.Id);
    }

    private async Task ChangeAsync(string id, Func<OrchestrationRuntimeStatus, bool> isAllowed, Func<LiveInstance, DateTimeOffset, Task> change, CancellationToken cancellation)
    {
        var instance = await RequireLiveAsync(id, cancellation);
        await instance.Gate.WaitAsync(cancellation);
        try
        {
            if (instance.IsGone || !isAllowed(instance.Record.Status))
                throw NotRunning();
            await change(instance, hub.Clock.GetUtcNow());
        }
        finally
        {
            instance.Gate.Release();
        }
    }

    private static DurableRequestException NotRunning() => new("The orchestration instance with the provided instance id is not running.");

    private async Task<LiveInstance> RequireLiveAsync(string id, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(id, "instanceId");
        if (hub.Live.TryGetValue(id, out var instance) && !instance.IsGone)
            return instance;
        throw instance is not null || await hub.Store.FindAsync(id, withPayloads: false, cancellation) is not null ? NotRunning() : new DurableRequestException(NotFound(id));
    }

    private async Task<InstanceRecord?> FindAsync(string id, bool withPayloads, CancellationToken cancellation) =>
        hub.Live.TryGetValue(id, out var live) ? live.Record : await hub.Store.FindAsync(id, withPayloads, cancellation);

    /// <summary>As <see cref="FindAsync"/>; one that has just ended has told everybody.</summary>
    private async Task<InstanceRecord?> FindSettledAsync(string id, bool withPayloads, CancellationToken cancellation)
    {
        if (hub.Live.TryGetValue(id, out var live) && live.IsGone)
        {
            await live.Gate.WaitAsync(cancellation);
            live.Gate.Release();
        }
        return await FindAsync(id, withPayloads, cancellation);
    }

    private async Task<OrchestrationMetadata> WaitAsync(string id, Func<OrchestrationMetadata, bool> isThere, bool withPayloads, string operation, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(id, "instanceId");
        try
        {
            while (true)
            {
                var changed = hub.Signals.Next(id);
                if (await GetInstancesAsync(id, withPayloads, cancellation) is { } found && isThere(found))
                    return found;
                await changed.WaitAsync(cancellation);
            }
        }
        catch (OperationCanceledException exception)
        {
            throw new OperationCanceledException($"The {operation} operation was canceled.", exception, cancellation);
        }
    }
}
