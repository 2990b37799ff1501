using System.Diagnostics;
using Spectrum.PrivacyFlows.Tests.EndToEnd;

namespace Spectrum.PrivacyFlows.Tests.Outages;

/// <summary>The app behind doors: one to its storage, one to each system that lies in a storage.</summary>
public sealed class OutageFixture : AppFixture
{
    private readonly Dictionary<string, StorageDoor> systems = [];

    public StorageDoor Door { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var door in systems.Values.Append(Door))
            await door.DisposeAsync();
    }

    public async Task IsReadyAsync()
    {
        for (var patience = Stopwatch.StartNew(); !await App.IsHealthyAsync(Cancellation); await Task.Delay(100, Cancellation))
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(90), App.Output);
    }

    /// <param name="system">By its key in the data map.</param>
    public void TakeAway(string system)
    {
        if (systems.TryGetValue(system, out var door))
            door.Close(Outage.Refused);
        else
            File.Move(CrmFile(), CrmFile() + ".away");
    }

    public void BringBack(string system)
    {
        if (systems.TryGetValue(system, out var door))
            door.Open();
        else
            File.Move(CrmFile() + ".away", CrmFile());
    }

    protected override RunningApp Make(string storage)
    {
        Door = new StorageDoor(storage);
        var app = new AppInProcess(Door.ConnectionString);
        foreach (var (system, setting) in new[] { ("print-jobs", "Systems__PrintJobs"), ("web-access", "Systems__WebAccess") })
        {
            systems[system] = new StorageDoor(storage);
            app.Settings[setting] = systems[system].ConnectionString;
        }
        return app;
    }

    private string CrmFile() => Path.Combine(App.DataFolder, "systems", "crm.db");
}
