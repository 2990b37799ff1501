using Azure;
using LocalFunctions.Azurite;
using LocalFunctions.Hosting;
using LocalFunctions.Invocation;
using Microsoft.Extensions.Configuration;

namespace LocalFunctions.Setup;

/// <summary>
/// What stands around the app: data folder, storage, clock, local services. It is there before the first line of the app
/// reads a setting, as on Azure, and goes after the app, the last part first.
/// </summary>
internal sealed class Surroundings : IAsyncDisposable
{
    private readonly HostPlan plan;
    private readonly ConfigurationManager settings;
    private readonly Announcements announcements;
    private readonly Stack<Func<ValueTask>> stops = [];

    private Surroundings(HostPlan plan, ConfigurationManager settings, Announcements announcements)
    {
        this.plan = plan;
        this.settings = settings;
        this.announcements = announcements;
        Clock = new LocalClock(plan.StandingAt);
    }

    public LocalClock Clock { get; }

    public LocalMachine Machine { get; private set; } = null!;

    public HostState State { get; private set; } = null!;

    /// <param name="address">Where the app will answer.</param>
    /// <exception cref="LocalSetupException">The machine lacks something; what was started before has been stopped again.</exception>
    public static async Task<Surroundings> StartAsync(HostPlan plan, ConfigurationManager settings, Announcements announcements, Uri address)
    {
        var surroundings = new Surroundings(plan, settings, announcements);
        try
        {
            await surroundings.StartPartsAsync(address);
            return surroundings;
        }
        catch
        {
            await surroundings.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (stops.TryPop(out var stop))
            await stop();
        Clock.Dispose();
    }

    private async Task StartPartsAsync(Uri address)
    {
        var folder = DataFolder.Take(settings["data"]!, temporary: plan.OwnData && !plan.Sets("data"), address);
        StopWith(folder);
        var storage = await StartStorageAsync(folder.FullPath);
        LocalSettings.UseStorage(settings, storage);
        await OpenStateAsync(storage);
        Machine = new LocalMachine(folder.FullPath, storage, Clock, settings, announcements.Say);
        foreach (var service in plan.ServiceTypes.Select(Activator.CreateInstance).Cast<ILocalService>().OrderBy(service => service.Order))
            await StartServiceAsync(service);
    }

    private async Task<string> StartStorageAsync(string folder)
    {
        if (settings[LocalSettings.Storage] is { Length: > 0 } given)
            return given;
        var azurite = await AzuriteServer.StartAsync(Path.Combine(folder, "azurite"), announcements.Say, inMemory: plan.OwnData && !plan.Sets("data"));
        stops.Push(azurite.DisposeAsync);
        return azurite.ConnectionString;
    }

    private async Task OpenStateAsync(string storage)
    {
        try
        {
            State = new HostState(storage, DurableFunctions.TaskHub(settings));
            await Clock.KeepInAsync(State, CancellationToken.None);
        }
        catch (Exception fault) when (fault is FormatException or RequestFailedException or AggregateException)
        {
            throw new LocalSetupException($"The storage that {LocalSettings.Storage} names cannot be used: {fault.GetBaseException().Message}");
        }
    }

    private async Task StartServiceAsync(ILocalService service)
    {
        stops.Push(service.DisposeAsync);
        await service.StartAsync(Machine, CancellationToken.None);
        if (service is ITimekeeper keeper)
            StopWith(Clock.Register(keeper));
    }

    private void StopWith(IDisposable part) => stops.Push(() =>
    {
        part.Dispose();
        return ValueTask.CompletedTask;
    });
}
