using Azure;
using LocalFunctions.Azurite;
using LocalFunctions.Http;
using LocalFunctions.Invocation;
using LocalFunctions.Timers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalFunctions.Hosting;

/// <summary>The app and all that stands around it on this machine, started in order and stopped the other way round.</summary>
public sealed class LocalFunctionsHost : IHost, IAsyncDisposable
{
    private static readonly TimeSpan CommandGrace = TimeSpan.FromSeconds(10);

    private readonly HostPlan plan;
    private readonly WebApplication web;
    private readonly ConfigurationManager settings;
    private readonly LoopbackPort? port;
    private readonly Announcements announcements;
    private readonly Stack<Func<ValueTask>> stops = [];
    private LocalMachine? machine;
    private bool disposed;

    internal LocalFunctionsHost(HostPlan plan, WebApplication web, ConfigurationManager settings, LoopbackPort? port)
    {
        this.plan = plan;
        this.web = web;
        this.settings = settings;
        this.port = port;
        announcements = web.Services.GetRequiredService<Announcements>();
        Clock = web.Services.GetRequiredService<LocalClock>();
    }

    public IServiceProvider Services => web.Services;

    public LocalClock Clock { get; }

    /// <summary>Where the app answers, without the route prefix.</summary>
    public Uri BaseAddress => port?.Address ?? throw plan.Fault!;

    /// <summary>What the local services were given; there once the host has started.</summary>
    public LocalMachine Machine => machine ?? throw new InvalidOperationException("The host has not started.");

    /// <summary>Ends with the exit code of the command that was named; null where none was.</summary>
    public Task<int>? Command { get; private set; }

    /// <remarks>What this machine lacks is said in one line on the terminal and ends the process with exit code 1; an embedded host throws it.</remarks>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await StartPartsAsync(cancellationToken);
        }
        catch (LocalSetupException fault) when (!plan.Embedded)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            Environment.ExitCode = fault == plan.Fault ? plan.FaultExitCode : 1;
            web.Lifetime.StopApplication();
        }
        catch
        {
            await StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Lets what runs come to its end, for ten seconds at most, and stops everything.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        web.Lifetime.StopApplication();
        if (Command is not null)
            await Task.WhenAny(Command, Task.Delay(CommandGrace, cancellationToken));
        while (stops.TryPop(out var stop))
            await stop();
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        await StopAsync(CancellationToken.None);
        port?.Dispose();
        await web.DisposeAsync();
        Clock.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task StartPartsAsync(CancellationToken cancellation)
    {
        if (plan.Fault is not null)
            throw plan.Fault;
        var folder = TakeDataFolder();
        var storage = await StartStorageAsync(folder, cancellation);
        var state = await OpenStateAsync(storage, cancellation);
        machine = new LocalMachine(folder, storage, Clock, settings, announcements.Say);
        await StartServicesAsync(cancellation);
        await StartWebAsync(cancellation);
        await StartTimersAsync(state, cancellation);
        announcements.Say($"The app answers at {BaseAddress}");
        if (plan.Command is { } command)
            Command = Task.Run(() => RunAsync(command), CancellationToken.None);
    }

    private string TakeDataFolder()
    {
        var folder = DataFolder.Take(settings["data"]!, temporary: plan.OwnData && !plan.Sets("data"), BaseAddress);
        stops.Push(() =>
        {
            folder.Dispose();
            return ValueTask.CompletedTask;
        });
        return folder.FullPath;
    }

    private async Task<string> StartStorageAsync(string folder, CancellationToken cancellation)
    {
        var storage = settings[LocalSettings.Storage];
        if (string.IsNullOrEmpty(storage))
        {
            var azurite = await AzuriteServer.StartAsync(Path.Combine(folder, "azurite"), announcements.Say, inMemory: plan.OwnData && !plan.Sets("data"), cancellation);
            stops.Push(azurite.DisposeAsync);
            storage = azurite.ConnectionString;
        }
        LocalSettings.UseStorage(settings, storage);
        return storage;
    }

    private async Task<HostState> OpenStateAsync(string storage, CancellationToken cancellation)
    {
        try
        {
            var state = new HostState(storage, DurableFunctions.TaskHub(settings));
            await Clock.KeepInAsync(state, cancellation);
            return state;
        }
        catch (Exception fault) when (fault is FormatException or RequestFailedException or AggregateException)
        {
            throw new LocalSetupException($"The storage that {LocalSettings.Storage} names cannot be used: {fault.GetBaseException().Message}");
        }
    }

    private async Task StartServicesAsync(CancellationToken cancellation)
    {
        foreach (var service in plan.ServiceTypes.Select(Activator.CreateInstance).Cast<ILocalService>().OrderBy(service => service.Order))
        {
            stops.Push(service.DisposeAsync);
            await service.StartAsync(Machine, cancellation);
            if (service is not ITimekeeper keeper)
                continue;
            var registration = Clock.Register(keeper);
            stops.Push(() =>
            {
                registration.Dispose();
                return ValueTask.CompletedTask;
            });
        }
    }

    private async Task StartWebAsync(CancellationToken cancellation)
    {
        stops.Push(async () => await web.StopAsync(CancellationToken.None));
        try
        {
            await web.StartAsync(cancellation);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            throw LoopbackPort.InUse(BaseAddress.Port);
        }
    }

    private async Task StartTimersAsync(HostState state, CancellationToken cancellation)
    {
        var timers = ActivatorUtilities.CreateInstance<TimerFunctions>(Services, state);
        stops.Push(timers.DisposeAsync);
        await timers.StartAsync(cancellation);
    }

    private async Task<int> RunAsync(LocalCommandAttribute command)
    {
        var code = 1;
        try
        {
            var implementation = (ILocalCommand)ActivatorUtilities.CreateInstance(Services, command.Type);
            code = await implementation.RunAsync(new LocalCommandContext(Services, Clock, BaseAddress, Machine, plan.Arguments), web.Lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException) when (web.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            announcements.Say("Stopped.");
        }
        catch (LocalSetupException fault)
        {
            announcements.Say(fault.Message);
        }
        finally
        {
            if (!plan.Embedded)
                Environment.ExitCode = code;
            web.Lifetime.StopApplication();
        }
        return code;
    }
}
