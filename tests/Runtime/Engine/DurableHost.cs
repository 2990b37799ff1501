using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;
using LocalFunctions.Engine;
using Microsoft.Extensions.Logging;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Engine;

/// <summary>An engine with functions written in the test, a clock that stands still, and a hub of its own.</summary>
internal sealed class DurableHost : IFunctionCatalogue, IAsyncDisposable
{
    private readonly Dictionary<string, OrchestratorFunction> orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ActivityFunction> activities = new(StringComparer.OrdinalIgnoreCase);
    private readonly string connectionString;
    private DurableEngine engine;

    public DurableHost(string connectionString)
    {
        this.connectionString = connectionString;
        engine = Create(null);
    }

    public string TaskHub { get; } = "T" + Guid.NewGuid().ToString("N");

    public StandingClock Clock { get; } = new();

    public LinesLogger Log { get; } = new();

    public DurableEngine Engine => engine;

    public DurableTaskClient Client => engine.Client;

    public static CancellationToken Soon => TestContext.Current.CancellationToken;

    public static async Task<DurableHost> StartAsync(AzuriteFixture azurite, Action<DurableHost> setUp)
    {
        var host = new DurableHost(azurite.ConnectionString);
        setUp(host);
        await host.engine.StartAsync(Soon);
        return host;
    }

    public DurableHost Orchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> code)
    {
        orchestrators[name] = context => code(context);
        return this;
    }

    public DurableHost Activity(string name, Func<string?, object?> code)
    {
        activities[name] = (input, _, _) => Task.FromResult(code(input));
        return this;
    }

    public DurableHost ActivityAsync(string name, ActivityFunction code)
    {
        activities[name] = code;
        return this;
    }

    public OrchestratorFunction? FindOrchestrator(string name) => orchestrators.GetValueOrDefault(name);

    public ActivityFunction? FindActivity(string name) => activities.GetValueOrDefault(name);

    /// <summary>Starts one and waits until nothing can happen without more time.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? id = null)
    {
        id = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id), Soon);
        return await LookAsync(id);
    }

    public async Task<OrchestrationMetadata> LookAsync(string id)
    {
        await engine.SettleAsync(Soon).WaitAsync(TimeSpan.FromSeconds(60), Soon);
        return (await Client.GetInstanceAsync(id, getInputsAndOutputs: true, Soon))!;
    }

    /// <summary>Moves the clock, stopping at each timer on the way.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        var target = Clock.GetUtcNow() + time;
        await engine.SettleAsync(Soon);
        while (engine.NextDue is { } due && due <= target)
        {
            Clock.Set(due);
            await engine.SettleAsync(Soon).WaitAsync(TimeSpan.FromSeconds(60), Soon);
        }
        Clock.Set(target);
        await engine.SettleAsync(Soon);
    }

    /// <summary>The engine dies without a word and another takes its place.</summary>
    public async Task CrashAndRestartAsync(Action? aroundWrites = null)
    {
        await engine.AbandonAsync();
        engine = Create(aroundWrites);
        await engine.StartAsync(Soon);
    }

    public async ValueTask DisposeAsync() => await engine.DisposeAsync();

    private DurableEngine Create(Action? aroundWrites)
    {
        var loggers = LoggerFactory.Create(logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Debug));
        return new DurableEngine(new EngineOptions { ConnectionString = connectionString, TaskHub = TaskHub, MaxConcurrentActivities = 64, AroundWrites = aroundWrites }, this, Clock, loggers);
    }
}

/// <summary>A clock that moves only when it is told to.</summary>
internal sealed class StandingClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Set(DateTimeOffset value) => now = value;

    // Timers go off when the engine settles; this one never rings by itself.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Silent();

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>What was logged, line by line.</summary>
internal sealed class LinesLogger : ILoggerProvider, ILogger
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
            lines.Add($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : " " + exception)}");
    }

    public void Dispose()
    {
    }
}
