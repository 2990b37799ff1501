using LocalFunctions.Hosting;
using LocalFunctions.Http;
using LocalFunctions.Invocation;
using LocalFunctions.Setup;
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
    private readonly LoopbackPort port;
    private readonly HostPlan plan;
    private readonly Surroundings surroundings;
    private readonly Announcements announcements;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware = [];

    /// <exception cref="LocalSetupException">This machine lacks something.</exception>
    internal FunctionsApplicationBuilder(HostPlan plan)
    {
        this.plan = plan;
        web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development, ContentRootPath = AppContext.BaseDirectory });
        LocalSettings.Load(web.Configuration, plan);
        port = LoopbackPort.Reserve(web.Configuration["port"]!);
        LocalSettings.UseAddress(web.Configuration, plan, port.Address);
        announcements = new Announcements(silent: plan.Embedded);
        // An app's first lines read settings, and are not asynchronous: what the settings name is there before them.
        surroundings = Task.Run(() => Surroundings.StartAsync(plan, web.Configuration, announcements, port.Address)).GetAwaiter().GetResult();
        LocalLogging.Configure(web.Logging, web.Configuration, plan);
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
        try
        {
            return BuildHost();
        }
        catch (LocalSetupException fault)
        {
            surroundings.DisposeAsync().AsTask().GetAwaiter().GetResult();
            port.Dispose();
            if (!plan.Embedded)
                fault.EndProcess();
            throw;
        }
    }

    private LocalFunctionsHost BuildHost()
    {
        var functions = FunctionDiscovery.Find(plan.FunctionTypes);
        Services.AddSingleton(functions);
        Services.AddSingleton(TimerFunctions.Schedules(functions, Configuration));
        Services.AddSingleton(services => new FunctionInvoker(services.GetRequiredService<IServiceScopeFactory>(), middleware));
        Services.AddSingleton<DurableFunctions>();
        // After the app's own hosted services, before the server: no request and no orchestration meets half an app.
        Services.AddHostedService(services => services.GetRequiredService<DurableFunctions>());
        var app = web.Build();
        LocalWeb.Map(app, functions);
        return new LocalFunctionsHost(plan, app, port, surroundings);
    }

    private void AddServices()
    {
        Services.AddSingleton(surroundings.Clock);
        Services.AddSingleton<TimeProvider>(surroundings.Clock);
        Services.AddSingleton(announcements);
        Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        if (plan.Embedded)
            Services.AddSingleton<IHostLifetime, NoLifetime>();
    }

    /// <summary>An embedded host leaves Ctrl+C and signals to the program it is in.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
