using LocalFunctions.Http;
using LocalFunctions.Invocation;
using LocalFunctions.Setup;
using LocalFunctions.Timers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalFunctions.Hosting;

/// <summary>The app, running on this machine.</summary>
public sealed class LocalFunctionsHost : IHost, IAsyncDisposable
{
    private static readonly TimeSpan CommandGrace = TimeSpan.FromSeconds(10);

    private readonly HostPlan plan;
    private readonly WebApplication web;
    private readonly LoopbackPort port;
    private readonly Surroundings surroundings;
    private readonly Announcements announcements;
    private TimerFunctions? timers;
    private bool stopped;

    internal LocalFunctionsHost(HostPlan plan, WebApplication web, LoopbackPort port, Surroundings surroundings)
    {
        this.plan = plan;
        this.web = web;
        this.port = port;
        this.surroundings = surroundings;
        announcements = web.Services.GetRequiredService<Announcements>();
    }

    public IServiceProvider Services => web.Services;

    public LocalClock Clock => surroundings.Clock;

    /// <summary>Where the app answers, without the route prefix.</summary>
    public Uri BaseAddress => port.Address;

    /// <summary>What the local services were given.</summary>
    public LocalMachine Machine => surroundings.Machine;

    /// <summary>Ends with the exit code of the command that was named; null where none was.</summary>
    public Task<int>? Command { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await StartWebAsync(cancellationToken);
            timers = ActivatorUtilities.CreateInstance<TimerFunctions>(Services, surroundings.State);
            await timers.StartAsync(cancellationToken);
        }
        catch (Exception fault)
        {
            await StopAsync(CancellationToken.None);
            if (fault is LocalSetupException lacking && !plan.Embedded)
                lacking.EndProcess();
            throw;
        }
        announcements.Say($"The app answers at {BaseAddress}");
        if (plan.Command is { } command)
            Command = Task.Run(() => RunAsync(command), CancellationToken.None);
    }

    /// <summary>Lets what runs come to its end, for ten seconds at most, and stops everything.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (stopped)
            return;
        stopped = true;
        web.Lifetime.StopApplication();
        if (Command is not null)
            await Task.WhenAny(Command, Task.Delay(CommandGrace, cancellationToken));
        if (timers is not null)
            await timers.DisposeAsync();
        await web.StopAsync(CancellationToken.None);
        await surroundings.DisposeAsync();
    }

    /// <summary>For tests: ends as a kill would, with nothing more written by the engine.</summary>
    internal async Task CrashAsync()
    {
        await Services.GetRequiredService<DurableFunctions>().AbandonAsync();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        port.Dispose();
        await web.DisposeAsync();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task StartWebAsync(CancellationToken cancellation)
    {
        try
        {
            await web.StartAsync(cancellation);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            throw LoopbackPort.InUse(BaseAddress.Port);
        }
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
        catch (Exception fault) when (!plan.Embedded)
        {
            await Console.Error.WriteLineAsync(fault is LocalSetupException ? fault.Message : fault.ToString());
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
