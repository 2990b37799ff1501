using LocalHost;
using LocalHost.Setup;
using LocalHost.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Tests.Exchange;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost;

/// <summary>
/// A local host with the functions of tests/Functions in its worker, a clock that stands, and a hub of its own on the shared Azurite.
/// </summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    // 30 February.
    private const string Never = "0 0 0 30 2 *";
    private readonly AzuriteFixture azurite;
    private DurableTaskClient? client;
    private LocalApp? app;
    private HttpClient? http;
    private bool isDead;

    public HostUnderTest(AzuriteFixture azurite) => this.azurite = azurite;

    public string Hub { get; init; } = NewHub();

    /// <summary>The storage, where it is not reached directly.</summary>
    public string? Storage { get; init; }

    public ScriptBook Book { get; } = new();

    public LogLines Log { get; } = new();

    /// <summary>Beside those that every test gives.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>What else the app's builder is given.</summary>
    public Action<FunctionsApplicationBuilder>? Prepare { get; init; }

    /// <summary>When the regular timer function runs.</summary>
    public string Regular { get; init; } = Never;

    public DateTimeOffset? StandingAt { get; init; } = Start;

    /// <summary>Called before and after each write of the engine.</summary>
    public Action? AroundWrites { get; set; }

    public bool IsStarted => app is not null;

    public LocalApp App => app!;

    /// <summary>The official client, as a function is given it.</summary>
    public DurableTaskClient Client => client!;

    public HttpClient Http => http!;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string NewHub() => "T" + Guid.NewGuid().ToString("N");

    public static async Task<HostUnderTest> StartAsync(AzuriteFixture azurite, Action<ScriptBook>? write = null, params string[] options)
    {
        var host = new HostUnderTest(azurite) { Options = options };
        write?.Invoke(host.Book);
        await host.StartAsync();
        return host;
    }

    public async Task<HostUnderTest> StartAsync()
    {
        isDead = false;
        app = await LocalApp.StartAsync(Plan(), new FunctionApp(typeof(ScriptBook).Assembly, Compose), Configure, Cancellation);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = app.BaseAddress };
        (await http.PostAsync("api/Client", null, Cancellation)).EnsureSuccessStatusCode();
        client = Book.Client;
        return this;
    }

    /// <summary>Starts an orchestration and waits until nothing can happen without more time.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? id = null)
    {
        id = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id), Cancellation);
        return await LookAsync(id);
    }

    public async Task<OrchestrationMetadata> LookAsync(string id)
    {
        await SettleAsync();
        return (await Client.GetInstanceAsync(id, getInputsAndOutputs: true, Cancellation))!;
    }

    public Task SettleAsync() => App.Engine.SettleAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

    public Task AdvanceAsync(TimeSpan by) => App.Clock.AdvanceAsync(by, Cancellation);

    /// <summary>The host dies without a word: nothing is written from now on, and nothing is waited for.</summary>
    public async Task CrashAsync()
    {
        isDead = true;
        http?.Dispose();
        if (app is not null)
            await app.CrashAsync();
        app = null;
    }

    public async Task CrashAndRestartAsync()
    {
        await CrashAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        if (app is not null)
            await app.DisposeAsync();
    }

    public HostPlan Plan() => new()
    {
        IsEmbedded = true,
        StandingAt = StandingAt,
        HasServices = false,
        Log = Log,
        AroundWrites = () =>
        {
            if (isDead)
                throw new HostKilledException();
            AroundWrites?.Invoke();
        },
        Arguments =
        [
            $"--AzureWebJobsStorage={Storage ?? azurite.ConnectionString}",
            $"--AzureFunctionsJobHost:extensions:durableTask:hubName={Hub}",
            $"--Timers:Regular={Regular}", $"--Timers:Unmonitored={Never}", $"--Timers:AtStart={Never}", .. Options,
        ],
    };

    private static void Compose(FunctionsApplicationBuilder builder) => builder.ConfigureFunctionsWebApplication();

    private void Configure(FunctionsApplicationBuilder builder)
    {
        builder.Services.AddSingleton(Book);
        Prepare?.Invoke(builder);
    }
}

/// <summary>Stands for the end of the process.</summary>
internal sealed class HostKilledException() : Exception("The host was killed.");
