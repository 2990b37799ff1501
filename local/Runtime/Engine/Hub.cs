using System.Collections.Concurrent;
using Azure;
using LocalFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace LocalFunctions.Engine;

/// <summary>What the parts of the engine share: the orchestrations that have not ended, where they are kept, the clock.</summary>
internal sealed class Hub(EngineOptions options, IFunctionCatalogue catalogue, TimeProvider clock, ILoggerFactory loggers) : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource halted = new();

    public EngineOptions Options => options;

    public IFunctionCatalogue Catalogue => catalogue;

    public TimeProvider Clock => clock;

    public ILoggerFactory Loggers => loggers;

    public ILogger Logger { get; } = loggers.CreateLogger("LocalFunctions.Durable");

    public InstanceStore Store { get; } = new(options.ConnectionString, options.TaskHub, new WriteGate(options.AroundWrites));

    public ConcurrentDictionary<string, LiveInstance> Live { get; } = new(StringComparer.Ordinal);

    public Workload Workload { get; } = new();

    public Signals Signals { get; } = new();

    public KeyedLocks Locks { get; } = new();

    public TimerQueue Timers { get; } = new(clock);

    /// <summary>No further activity begins; those that run are asked to end.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Nothing more is done or written.</summary>
    public CancellationToken Halted => halted.Token;

    public void Stop() => stopping.Cancel();

    public void Halt()
    {
        stopping.Cancel();
        halted.Cancel();
    }

    public void Dispose()
    {
        stopping.Dispose();
        halted.Dispose();
    }

    /// <summary>Does something in the background that <see cref="DurableEngine.SettleAsync"/> waits for.</summary>
    public void Run(Func<Task> work)
    {
        Workload.Enter();
        // What is done in the background is nobody's in particular: the page or activity that woke it must not pass for its caller.
        using var flow = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        _ = Task.Run(async () =>
        {
            try
            {
                if (!Halted.IsCancellationRequested)
                    await work();
            }
            catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
            {
                // What was not finished begins again at the next start.
            }
            catch (Exception exception)
            {
                // Nothing is lost: it is on disk. But this orchestration stands still until the next start.
                Logger.LogCritical(exception, "An orchestration cannot go on until the host is started again.");
            }
            finally
            {
                Workload.Exit();
            }
        });
    }

    /// <summary>Writes until it is written: storage may be away for a while.</summary>
    public async Task PersistAsync(Func<Task> write)
    {
        for (var wait = TimeSpan.FromSeconds(1); ; wait = TimeSpan.FromSeconds(Math.Min(30, wait.TotalSeconds * 2)))
        {
            try
            {
                await write();
                return;
            }
            catch (RequestFailedException exception) when (exception.Status is 0 or 408 or 429 or >= 500)
            {
                Logger.LogError(exception, "The storage does not answer; trying again in {Seconds} seconds.", wait.TotalSeconds);
                await Task.Delay(wait, Halted);
            }
        }
    }
}
