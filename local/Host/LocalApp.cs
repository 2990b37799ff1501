using LocalHost.Durable;
using LocalHost.Http;
using LocalHost.Setup;
using LocalHost.Timers;
using LocalHost.Worker;
using LocalMachine;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalHost;

/// <summary>An app, running on this machine: the official worker in this process, and around it the part of the Functions host.</summary>
internal sealed class LocalApp : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);
    private readonly HostPlan plan;
    private readonly FunctionApp app;
    private readonly Action<FunctionsApplicationBuilder> prepare;
    private readonly ConfigurationManager settings = new();
    private readonly Announcements announcements;
    private readonly Stack<Func<Task>> stops = [];
    private readonly string token = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
    private Foundations foundations = null!;
    private InProcessWorker worker = null!;
    private TimeSpan grace = TimeSpan.FromSeconds(10);
    private DurableEngine engine = null!;

    private LocalApp(HostPlan plan, FunctionApp app, Action<FunctionsApplicationBuilder> prepare)
    {
        (this.plan, this.app, this.prepare) = (plan, app, prepare);
        announcements = new Announcements(silent: plan.IsEmbedded);
    }

    /// <summary>The app's own services.</summary>
    public IServiceProvider Services => worker.Services;

    public LocalClock Clock => foundations.Clock;

    /// <summary>What the local services were given.</summary>
    public Surroundings Surroundings => foundations.Surroundings;

    /// <summary>Where the app answers, without the route prefix: <c>http://localhost:7071/</c>.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>Where the worker dials in, and where it answers; for tests that try these doors.</summary>
    public Uri RpcAddress { get; private set; } = null!;

    public Uri WorkerAddress => worker.Address;

    public DurableEngine Engine => engine;

    /// <summary>Cancelled when another host has taken the storage: this one must stop.</summary>
    public CancellationToken Lost => engine.Lost;

    /// <param name="prepare">For tests: what else the app's builder is given, before the app puts itself in.</param>
    /// <exception cref="LocalSetupException">This machine lacks something; what was started has been stopped again.</exception>
    public static async Task<LocalApp> StartAsync(
        HostPlan plan, FunctionApp app, Action<FunctionsApplicationBuilder>? prepare = null, CancellationToken cancellation = default)
    {
        var running = new LocalApp(plan, app, prepare ?? (_ => { }));
        try
        {
            await running.StartAsync(cancellation);
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>For tests: ends as a kill would, with nothing more written by the engine, and nothing waited for.</summary>
    public async Task CrashAsync()
    {
        grace = TimeSpan.Zero;
        await engine.StopAsync(grace);
        await DisposeAsync();
    }

    /// <summary>
    /// Ends in order, the last part first: nothing new comes in, what runs is given ten seconds, the rest goes on at the next start.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        while (stops.TryPop(out var stop))
            await stop();
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        LocalSettings.Load(settings, plan, app.Folder);
        var port = LoopbackPort.Reserve(settings["port"]!);
        stops.Push(() => Task.Run(port.Dispose));
        BaseAddress = port.Address;
        LocalSettings.UseAddress(settings, plan, BaseAddress);
        foundations = await Foundations.LayAsync(plan, settings, announcements, BaseAddress);
        stops.Push(() => foundations.DisposeAsync().AsTask());
        var loggers = LoggerFactory.Create(logging => LocalLogging.Configure(logging, settings, plan));
        stops.Push(() => Task.Run(loggers.Dispose));
        await StartFunctionsAsync(port, loggers, cancellation);
        announcements.Say($"The app answers at {BaseAddress}");
    }

    private async Task StartFunctionsAsync(LoopbackPort port, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var channel = new WorkerChannel(token, app.Folder);
        var calls = new LateWorker();
        var hub = LocalSettings.Hub(settings);
        engine = new DurableEngine(
            new EngineOptions
            {
                ConnectionString = Surroundings.Storage,
                Hub = hub,
                Limits = LocalSettings.Limits(settings),
                AroundWrites = plan.AroundWrites,
            },
            calls, Clock, loggers);
        stops.Push(() => engine.DisposeAsync().AsTask());
        var rpc = await RpcServer.StartAsync(channel, engine.Service, token, loggers);
        stops.Push(() => rpc.DisposeAsync().AsTask());
        RpcAddress = rpc.Address;
        worker = InProcessWorker.Build(app, rpc.Address, token, settings, Prepare);
        stops.Push(() => worker.StopAsync(grace));
        await worker.StartAsync(cancellation);
        var functions = await channel.Functions.WaitAsync(LongestStart, cancellation);
        calls.Worker = new FunctionCalls(
            channel, functions, DurableClient(rpc.Address, hub), LocalSettings.FunctionTimeout(settings),
            loggers.CreateLogger<FunctionCalls>());
        var schedules = TimerFunctions.Schedules(functions, settings);
        await engine.StartAsync(cancellation);
        stops.Push(() => engine.StopAsync(grace));
        var keeping = Clock.Register(engine);
        stops.Push(() => Task.Run(keeping.Dispose));
        var door = await FrontDoor.OpenAsync(port, settings, functions, calls.Worker, worker.Address, Clock, announcements, loggers);
        stops.Push(() => door.DisposeAsync().AsTask());
        var timers = new TimerFunctions(schedules, calls.Worker, foundations.State, Clock, loggers.CreateLogger<TimerFunctions>());
        stops.Push(async () =>
        {
            await timers.DisposeAsync();
            await door.CloseAsync(grace);
        });
        await timers.StartAsync(cancellation);
    }

    private void Prepare(FunctionsApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(Clock);
        LocalLogging.Configure(builder.Logging, settings, plan);
        prepare(builder);
    }

    // The durable client sends the connection's name along with each call: that is how it shows whose client it is.
    private string DurableClient(Uri rpc, string hub) => System.Text.Json.JsonSerializer.Serialize(new
    {
        rpcBaseUrl = rpc.AbsoluteUri,
        taskHubName = hub,
        connectionName = token,
        requiredQueryStringParameters = "",
        httpBaseUrl = new Uri(BaseAddress, "runtime/webhooks/durabletask").AbsoluteUri,
        maxGrpcMessageSizeInBytes = int.MaxValue,
    });

    /// <summary>The engine is made before the worker that it calls, and starts after it.</summary>
    private sealed class LateWorker : IDurableWorker
    {
        public FunctionCalls Worker { get; set; } = null!;

        public Task<Outcome<Microsoft.DurableTask.Protobuf.OrchestratorResponse>> TakeTurnAsync(
            string name, Microsoft.DurableTask.Protobuf.OrchestratorRequest request) =>
            Worker.TakeTurnAsync(name, request);

        public Task<Outcome<string>> RunActivityAsync(string name, string instanceId, string input) =>
            Worker.RunActivityAsync(name, instanceId, input);
    }
}
