using LocalFunctions.Builder;
using LocalFunctions.Hosting;
using LocalFunctions.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Spectrum.PrivacyFlows.Tests.Runtime;

/// <summary>The host with a few functions of a test, on a free port, its clock standing at <see cref="Start"/>.</summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    private HostUnderTest(LocalFunctionsHost host, LogLines log)
    {
        Host = host;
        Log = log;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.BaseAddress };
    }

    public LocalFunctionsHost Host { get; }

    public HttpClient Client { get; }

    public LogLines Log { get; }

    public static string NewHub() => "t" + Guid.NewGuid().ToString("N");

    public static FunctionsApplicationBuilder Builder(AzuriteFixture azurite, IReadOnlyList<Type> functions, params string[] options) =>
        new(Plan(azurite, functions, options));

    public static HostPlan Plan(AzuriteFixture azurite, IReadOnlyList<Type> functions, params string[] options)
    {
        string[] defaults =
        [
            "--LocalFunctions:Embedded=true", $"--LocalFunctions:Clock={Start:O}", "--LocalFunctions:Services=false",
            $"--AzureWebJobsStorage={azurite.ConnectionString}", $"--AzureFunctionsJobHost:extensions:durableTask:hubName={NewHub()}",
        ];
        var plan = HostPlan.Read([.. defaults, .. options]);
        plan.FunctionTypes = functions;
        return plan;
    }

    public static async Task<HostUnderTest> StartAsync(AzuriteFixture azurite, Type functions, params string[] options) =>
        await StartAsync(Builder(azurite, [functions], options));

    public static async Task<HostUnderTest> StartAsync(FunctionsApplicationBuilder builder)
    {
        var log = new LogLines();
        builder.Logging.AddProvider(log);
        builder.ConfigureFunctionsWebApplication();
        var host = (LocalFunctionsHost)builder.Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return new HostUnderTest(host, log);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public T Service<T>()
        where T : notnull =>
        Host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
