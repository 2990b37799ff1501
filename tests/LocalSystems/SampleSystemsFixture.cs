using LocalSystems;
using Microsoft.Extensions.Configuration;

namespace Spectrum.PrivacyFlows.Tests.LocalSystems;

/// <summary>One set of sample systems for the tests of a class.</summary>
public sealed class SampleSystemsFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "collect-" + Guid.NewGuid().ToString("N"));

    public string ExpectedFile { get; private set; } = "";

    /// <summary>The settings that the data map names.</summary>
    public ConfigurationManager Configuration { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var run = Guid.NewGuid().ToString("N");
        var options = new SystemsOptions
        {
            Seed = 11,
            People = 14,
            JobsForFirst = 200,
            Visits = 1_500,
            Until = new DateOnly(2026, 11, 23),
            JobsContainer = "jobs-" + run,
            VisitsContainer = "visits-" + run,
        };
        var set = await SampleSystems.MakeAsync(options, folder, azurite.ConnectionString);
        ExpectedFile = set.ExpectedFile;
        Configuration[SystemsService.CrmSetting] = $"Data Source={set.CrmFile}";
        Configuration[SystemsService.PrintJobsSetting] = azurite.ConnectionString;
        Configuration[SystemsService.PrintJobsSetting + ":Container"] = options.JobsContainer;
        Configuration[SystemsService.WebAccessSetting] = azurite.ConnectionString;
        Configuration[SystemsService.WebAccessSetting + ":Container"] = options.VisitsContainer;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
