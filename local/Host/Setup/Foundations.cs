using Azure;
using LocalMachine;
using LocalMachine.Azurite;
using LocalMailbox;
using LocalSystems;
using Microsoft.Extensions.Configuration;

namespace LocalHost.Setup;

/// <summary>
/// What stands below the app: data folder, storage, clock, mailbox, sample systems. It is there before the first line of the app
/// reads a setting, as on Azure, and goes after the app, the last part first.
/// </summary>
internal sealed class Foundations : IAsyncDisposable
{
    private readonly HostPlan plan;
    private readonly ConfigurationManager settings;
    private readonly Announcements announcements;
    private readonly Stack<Func<ValueTask>> stops = [];

    private Foundations(HostPlan plan, ConfigurationManager settings, Announcements announcements)
    {
        this.plan = plan;
        this.settings = settings;
        this.announcements = announcements;
        Clock = new LocalClock(plan.StandingAt);
    }

    public LocalClock Clock { get; }

    public Surroundings Surroundings { get; private set; } = null!;

    public HostState State { get; private set; } = null!;

    /// <param name="address">Where the app will answer.</param>
    /// <exception cref="LocalSetupException">The machine lacks something; what was started before has been stopped again.</exception>
    public static async Task<Foundations> LayAsync(HostPlan plan, ConfigurationManager settings, Announcements announcements, Uri address)
    {
        var foundations = new Foundations(plan, settings, announcements);
        try
        {
            await foundations.StartAsync(address);
            return foundations;
        }
        catch
        {
            await foundations.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (stops.TryPop(out var stop))
            await stop();
        Clock.Dispose();
    }

    private async Task StartAsync(Uri address)
    {
        var folder = DataFolder.Take(settings["data"]!, plan.IsTemporary, address);
        stops.Push(() =>
        {
            folder.Dispose();
            return ValueTask.CompletedTask;
        });
        var storage = await StartStorageAsync(folder.FullPath);
        LocalSettings.UseStorage(settings, storage);
        await OpenStateAsync(storage);
        Surroundings = new Surroundings(folder.FullPath, storage, Clock, settings, announcements.Say);
        ILocalService[] services = plan.HasServices ? [new MailboxService(), new SystemsService()] : [];
        foreach (var service in services)
        {
            stops.Push(service.DisposeAsync);
            await service.StartAsync(Surroundings, CancellationToken.None);
        }
    }

    private async Task<string> StartStorageAsync(string folder)
    {
        if (settings[LocalSettings.Storage] is { Length: > 0 } given)
            return given;
        var azurite = await AzuriteServer.StartAsync(Path.Combine(folder, "azurite"), announcements.Say, inMemory: plan.IsTemporary);
        stops.Push(azurite.DisposeAsync);
        return azurite.ConnectionString;
    }

    private async Task OpenStateAsync(string storage)
    {
        try
        {
            State = new HostState(storage, LocalSettings.Hub(settings));
            await Clock.KeepInAsync(State, CancellationToken.None);
        }
        catch (Exception fault) when (fault is FormatException or RequestFailedException or AggregateException)
        {
            throw new LocalSetupException(
                $"The storage that {LocalSettings.Storage} names cannot be used: {fault.GetBaseException().Message}");
        }
    }
}
