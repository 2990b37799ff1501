using DurableTask.Core;
using LocalHost.Storage;
using LocalHost.Worker;
using LocalMachine;
using Microsoft.Extensions.Logging;

namespace LocalHost.Durable;

/// <summary>
/// Microsoft's durable engine on a storage of ours: it takes turns and runs activities with the worker, by the clock of this machine.
/// </summary>
internal sealed class DurableEngine : ITimekeeper, IAsyncDisposable
{
    private readonly EngineOptions options;
    private readonly OrchestrationService service;
    private readonly TaskHubWorker dispatchers;
    private readonly WriteGate gate;
    private HostLease? lease;
    private bool stopped;

    public DurableEngine(EngineOptions options, IDurableWorker worker, TimeProvider clock, ILoggerFactory loggers)
    {
        this.options = options;
        gate = new WriteGate(options.AroundWrites);
        var store = new InstanceStore(options.ConnectionString, options.Hub, gate);
        service = new OrchestrationService(store, gate, clock, options.Limits, loggers.CreateLogger<OrchestrationService>());
        var dispatch = new WorkerDispatch(worker, clock);
        dispatchers = new TaskHubWorker(service, new InTheWorker<TaskOrchestration>(), new InTheWorker<TaskActivity>(), loggers)
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
        };
        dispatchers.AddOrchestrationDispatcherMiddleware((context, _) => dispatch.TakeTurnAsync(context));
        dispatchers.AddActivityDispatcherMiddleware((context, _) => dispatch.RunActivityAsync(context));
    }

    public OrchestrationService Service => service;

    public DateTimeOffset? NextDue => service.NextDue;

    /// <summary>Cancelled when another host has taken the storage: this one must stop.</summary>
    public CancellationToken Lost => lease?.Lost ?? CancellationToken.None;

    /// <summary>Takes the storage for this process and takes up what is in it; the worker is there already.</summary>
    /// <exception cref="LocalSetupException">Another host works on this storage; the message says which.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        lease = await HostLease.AcquireAsync(options.ConnectionString, InstanceStore.Container(options.Hub), cancellation);
        gate.Lease = lease;
        await service.TakeUpAsync(cancellation);
        await dispatchers.StartAsync();
    }

    public Task SettleAsync(CancellationToken cancellation) => service.SettleAsync(cancellation);

    /// <summary>Lets what runs come to its end, for <paramref name="grace"/> at most. What did not, runs again at the next start.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        if (stopped)
            return;
        stopped = true;
        if (lease is not null)
            await Task.WhenAny(service.WhenIdleAsync(), Task.Delay(grace));
        await dispatchers.StopAsync(isForced: true);
        await service.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (lease is not null)
            await lease.DisposeAsync();
        dispatchers.Dispose();
    }

    /// <summary>The engine looks its functions up by name; every name is the worker's, which says itself what it lacks.</summary>
    private sealed class InTheWorker<T> : INameVersionObjectManager<T>
        where T : class
    {
        public void Add(ObjectCreator<T> creator)
        {
        }

        public T? GetObject(string name, string? version) => null;
    }
}

/// <summary>Where the engine keeps its state, and how much it does at once.</summary>
internal sealed record EngineOptions
{
    public required string ConnectionString { get; init; }

    /// <summary>Prefix of the names of its table and container: 3 to 45 letters and digits, the first a letter.</summary>
    public required string Hub { get; init; }

    public HostLimits Limits { get; init; } = new(10 * Environment.ProcessorCount, 10 * Environment.ProcessorCount);

    /// <summary>
    /// For tests: called before and after each write to storage; what it throws is the end of that write, or of its answer.
    /// </summary>
    public Action? AroundWrites { get; init; }
}
