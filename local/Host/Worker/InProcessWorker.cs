using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LocalHost.Worker;

/// <summary>An app as its own Program starts it.</summary>
/// <param name="Assembly">The assembly with its functions and the code that was generated for them.</param>
/// <param name="Compose">What its Program does with the builder before it builds.</param>
internal sealed record FunctionApp(Assembly Assembly, Action<FunctionsApplicationBuilder> Compose)
{
    public string Folder => Path.GetDirectoryName(Assembly.Location)!;
}

/// <summary>The official worker with an app in it, in this process instead of one of its own, so that one debugger sees all.</summary>
internal sealed class InProcessWorker
{
    private static readonly Lock OneAtATime = new();
    private readonly IHost host;

    private InProcessWorker(IHost host) => this.host = host;

    public IServiceProvider Services => host.Services;

    /// <summary>Where its half of an HTTP call goes.</summary>
    public Uri Address => new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <param name="rpc">Where it dials in.</param>
    /// <param name="workerId">What it says who it is.</param>
    /// <param name="settings">All its settings; it reads no others.</param>
    /// <param name="prepare">Before the app is put in.</param>
    public static InProcessWorker Build(
        FunctionApp app, Uri rpc, string workerId, IConfiguration settings, Action<FunctionsApplicationBuilder> prepare)
    {
        lock (OneAtATime)
        {
            // The worker looks into the entry assembly for generated code, when it is made and again when it is told to answer HTTP,
            // and takes the app's folder from the environment: both are the process's.
            Environment.SetEnvironmentVariable("FUNCTIONS_APPLICATION_DIRECTORY", app.Folder);
            var entry = Assembly.GetEntryAssembly();
            Assembly.SetEntryAssembly(app.Assembly);
            try
            {
                return BuildAsEntry(app, rpc, workerId, settings, prepare);
            }
            finally
            {
                Assembly.SetEntryAssembly(entry);
            }
        }
    }

    /// <summary>As the app's Program does: what is wrong with its settings is said before any part of it runs.</summary>
    public Task StartAsync(CancellationToken cancellation)
    {
        host.Services.GetService<IStartupValidator>()?.Validate();
        return host.StartAsync(cancellation);
    }

    /// <summary>Lets what it answers be answered, for <paramref name="grace"/> at most.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        using var patience = new CancellationTokenSource(grace);
        await host.StopAsync(patience.Token);
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        else
            host.Dispose();
    }

    private static InProcessWorker BuildAsEntry(
        FunctionApp app, Uri rpc, string workerId, IConfiguration settings, Action<FunctionsApplicationBuilder> prepare)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        ((IConfigurationBuilder)builder.Configuration).Sources.Clear();
        builder.Configuration.AddConfiguration(settings);
        builder.Configuration.AddInMemoryCollection(
        [
            new("Functions:Worker:HostEndpoint", rpc.AbsoluteUri),
            new("Functions:Worker:WorkerId", workerId),
            new("Functions:Worker:RequestId", workerId),
            new("Functions:Worker:GrpcMaxMessageLength", int.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ]);
        prepare(builder);
        app.Compose(builder);
        // A free port, known when it is taken; the worker's own choice is made once a process, and some processes hold many hosts.
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        return new InProcessWorker(builder.Build());
    }

    /// <summary>Ctrl+C and signals are the host's.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
