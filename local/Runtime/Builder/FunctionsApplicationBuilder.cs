using LocalFunctions.Hosting;
using LocalFunctions.Http;
using LocalFunctions.Invocation;
using LocalFunctions.Timers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalFunctions.Builder;

/// <summary>What an app is put together with: its services, settings, logging and middleware.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebApplicationBuilder web;
    private readonly LoopbackPort? port;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware = [];

    internal FunctionsApplicationBuilder(string[] args)
    {
        Plan = HostPlan.Read(args);
        web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development, ContentRootPath = AppContext.BaseDirectory });
        Check(() => LocalSettings.Load(web.Configuration, Plan));
        port = Check(() => LoopbackPort.Reserve(web.Configuration["port"]!));
        if (port is not null)
            LocalSettings.UseAddress(web.Configuration, Plan, port.Address);
        LocalLogging.Configure(web.Logging, web.Configuration, Plan);
        LocalWeb.Configure(web, port);
        AddServices();
    }

    public ConfigurationManager Configuration => web.Configuration;

    IConfigurationManager IHostApplicationBuilder.Configuration => web.Configuration;

    public IHostEnvironment Environment => web.Environment;

    public ILoggingBuilder Logging => web.Logging;

    public IMetricsBuilder Metrics => web.Metrics;

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)web).Properties;

    public IServiceCollection Services => web.Services;

    /// <summary>What the command line asked for; a test changes it.</summary>
    internal HostPlan Plan { get; }

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        this.middleware.Add(middleware);
        return this;
    }

    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)web).ConfigureContainer(factory, configure);

    public IHost Build()
    {
        var functions = Check(() => FunctionDiscovery.Find(Plan.FunctionTypes)) ?? [];
        Services.AddSingleton(functions);
        Services.AddSingleton(Check(() => TimerFunctions.Schedules(functions, Configuration)) ?? []);
        Services.AddSingleton(services => new FunctionInvoker(services.GetRequiredService<IServiceScopeFactory>(), middleware));
        Services.AddSingleton<DurableFunctions>();
        // After the app's own hosted services, before the server: no request and no orchestration meets half an app.
        Services.AddHostedService(services => services.GetRequiredService<DurableFunctions>());
        var app = web.Build();
        Check(() => LocalWeb.Map(app, functions));
        return new LocalFunctionsHost(Plan, app, Configuration, port);
    }

    private void AddServices()
    {
        var clock = new LocalClock(Plan.StandingAt);
        Services.AddSingleton(clock);
        Services.AddSingleton<TimeProvider>(clock);
        Services.AddSingleton(new Announcements(silent: Plan.Embedded));
        Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        if (Plan.Embedded)
            Services.AddSingleton<IHostLifetime, NoLifetime>();
    }

    private void Check(Action step) => Check(() =>
    {
        step();
        return this;
    });

    // The first fault is told when the app starts.
    private T? Check<T>(Func<T> step)
        where T : class
    {
        try
        {
            return step();
        }
        catch (LocalSetupException fault)
        {
            Plan.Fault ??= fault;
            return null;
        }
    }

    /// <summary>An embedded host leaves Ctrl+C and signals to the program it is in.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
