using LocalFunctions.DurableTask.Client;
using LocalFunctions.Hosting;
using LocalFunctions.Replay;
using LocalFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace LocalFunctions.Engine;

/// <summary>
/// Runs the orchestrations of one task hub, kept in Table and Blob storage. What is under way is in memory, and every step is
/// on disk before it counts: killed at any moment, the next start goes on from there. One engine at a time on a hub.
/// </summary>
public sealed class DurableEngine : ITimekeeper, IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly Hub hub;
    private readonly TurnRunner turns;
    private HostLease? lease;
    private bool isOver;

    public DurableEngine(EngineOptions options, IFunctionCatalogue catalogue, TimeProvider clock, ILoggerFactory loggers)
    {
        hub = new Hub(options, catalogue, clock, loggers);
        turns = new TurnRunner(hub);
        Client = new EngineClient(hub, turns);
    }

    /// <summary>Usable once the engine was started.</summary>
    public DurableTaskClient Client { get; }

    public DateTimeOffset? NextDue => hub.Timers.NextDue;

    /// <summary>Takes the lease and goes on with what is on disk.</summary>
    /// <exception cref="LocalSetupException">Another host holds the lease; the message says which.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        lease = await HostLease.AcquireAsync(hub.Options.ConnectionString, InstanceStore.Container(hub.Options.TaskHub), cancellation);
        lease.Lost.Register(() =>
        {
            hub.Logger.LogCritical("The lease on the storage was lost: nothing more is done here. Start the host again.");
            hub.Halt();
        });
        await hub.Store.CreateAsync(cancellation);
        List<(LiveInstance Instance, StoredInstance Stored)> found = [];
        foreach (var some in (await hub.Store.FindOpenAsync(cancellation)).Chunk(16))
            found.AddRange(await Task.WhenAll(some.Select(id => LoadAsync(id, cancellation))));
        // Only now, when everybody is here to be told.
        foreach (var (instance, stored) in found)
        {
            if (stored.Record.IsOver)
                await turns.SettleDebtAsync(instance, stored);
            else
                hub.Run(() => turns.ResumeAsync(instance, stored));
        }
    }

    public async Task SettleAsync(CancellationToken cancellation)
    {
        do
            await hub.Workload.IdleAsync().WaitAsync(cancellation);
        while (hub.Timers.FireDue());
    }

    /// <summary>Stops within five seconds. What has not ended by then begins again at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isOver)
            return;
        hub.Stop();
        await hub.Timers.DisposeAsync();
        var hasSettled = await HasSettledAsync();
        await AbandonAsync();
        if (!hasSettled)
            return;
        turns.Dispose();
        hub.Dispose();
    }

    /// <summary>Ends as a kill would: nothing more is written.</summary>
    internal async Task AbandonAsync()
    {
        if (isOver)
            return;
        isOver = true;
        hub.Halt();
        await hub.Timers.DisposeAsync();
        if (lease is not null)
            await lease.DisposeAsync();
        lease = null;
    }

    private async Task<bool> HasSettledAsync()
    {
        try
        {
            await hub.Workload.IdleAsync().WaitAsync(Grace);
            return true;
        }
        catch (TimeoutException)
        {
            hub.Logger.LogWarning("Some activities did not end when asked to; they run again at the next start.");
            return false;
        }
    }

    private async Task<(LiveInstance, StoredInstance)> LoadAsync(string id, CancellationToken cancellation)
    {
        var stored = await hub.Store.LoadAsync(id, cancellation) ?? throw new InvalidOperationException($"The record of {id} is gone.");
        var instance = new LiveInstance(stored.Record);
        foreach (var turn in stored.Turns)
            instance.Append(turn);
        if (instance.HasBegun && stored.Record.Status == OrchestrationRuntimeStatus.Pending)
            instance.Record = stored.Record with { Status = OrchestrationRuntimeStatus.Running };
        // One that came twice is taken and dropped.
        foreach (var message in stored.Inbox)
            instance.Inbox.Enqueue(instance.IsNew(message) ? message : message with { Generation = -1 });
        instance.IsGone = stored.Record.IsOver;
        hub.Live[id] = instance;
        return (instance, stored);
    }
}

/// <summary>Where the engine keeps its state, and how much it does at once.</summary>
public sealed record EngineOptions
{
    public required string ConnectionString { get; init; }

    /// <summary>Prefix of the names of its table and container: 3 to 45 letters and digits, the first a letter.</summary>
    public string TaskHub { get; init; } = "DurableFunctionsHub";

    public int MaxConcurrentActivities { get; init; } = 10 * Environment.ProcessorCount;

    public int MaxConcurrentOrchestrators { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>For tests: called before and after each write to storage; what it throws ends the engine as a kill would.</summary>
    internal Action? AroundWrites { get; init; }
}
