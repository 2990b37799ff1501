using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;
using LocalFunctions.Engine;
using LocalFunctions.Hosting;
using LocalFunctions.Setup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalFunctions.Invocation;

/// <summary>Hands the app's orchestrators and activities to the engine, which runs while the app does.</summary>
internal sealed class DurableFunctions(IReadOnlyList<Function> functions, FunctionInvoker invoker, IConfiguration settings, LocalClock clock, ILoggerFactory loggers)
    : IFunctionCatalogue, IHostedService, IAsyncDisposable
{
    private const string Section = "AzureFunctionsJobHost:extensions:durableTask";

    private readonly Dictionary<string, Function> orchestrators = ByTaskName<OrchestrationTriggerAttribute>(functions);
    private readonly Dictionary<string, Function> activities = ByTaskName<ActivityTriggerAttribute>(functions);
    private DurableEngine? engine;
    private IDisposable? registration;

    public DurableTaskClient Client => engine?.Client ?? throw new InvalidOperationException("The durable engine has not been started.");

    public static string TaskHub(IConfiguration settings) => settings[Section + ":hubName"] is { Length: > 0 } name ? name : "TestHubName";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        engine = new DurableEngine(Options(), this, clock, loggers);
        await engine.StartAsync(cancellationToken);
        registration = clock.Register(engine);
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        registration?.Dispose();
        if (engine is not null)
            await engine.DisposeAsync();
        engine = null;
    }

    /// <summary>Ends as a kill would: nothing more is written.</summary>
    public async Task AbandonAsync()
    {
        if (engine is not null)
            await engine.AbandonAsync();
    }

    public OrchestratorFunction? FindOrchestrator(string name) =>
        orchestrators.TryGetValue(name, out var function)
            ? context => invoker.InvokeAsync(function, new Trigger(context, InstanceData(context.InstanceId)), CancellationToken.None)
            : null;

    public ActivityFunction? FindActivity(string name) =>
        activities.TryGetValue(name, out var function)
            ? (input, instanceId, cancellation) => invoker.InvokeAsync(function, new Trigger(input, InstanceData(instanceId)), cancellation)
            : null;

    private static Dictionary<string, object?> InstanceData(string instanceId) => new(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = instanceId };

    private static Dictionary<string, Function> ByTaskName<TTrigger>(IEnumerable<Function> functions) =>
        functions.Where(function => function.Trigger is TTrigger).ToDictionary(function => function.TaskName, StringComparer.OrdinalIgnoreCase);

    private EngineOptions Options() => new()
    {
        ConnectionString = settings[LocalSettings.Storage]!,
        TaskHub = TaskHub(settings),
        MaxConcurrentActivities = settings.GetValue(Section + ":maxConcurrentActivityFunctions", 10),
        MaxConcurrentOrchestrators = settings.GetValue(Section + ":maxConcurrentOrchestratorFunctions", 10),
    };
}
