using LocalSystems;
using Microsoft.Extensions.Configuration;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Identities;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Rights.Disclosure;
using Spectrum.PrivacyFlows.Tests.Connectors;
using Spectrum.PrivacyFlows.Tests.LocalSystems;

namespace Spectrum.PrivacyFlows.Tests.Bundles;

/// <summary>From the sample systems through the shipped data map into the ZIP: what it holds is what expected.json says.</summary>
public sealed class SampleDataBundleTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bundle-sample-");
    private readonly BundleCase bundle = new(azurite);
    private readonly DataMapCatalogue catalogue = ShippedDataMap.Load();
    private ExpectedPerson person = null!;
    private IReadOnlyDictionary<string, byte[]> files = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var run = Guid.NewGuid().ToString("N");
        var options = new SystemsOptions
        {
            Seed = 4,
            People = 12,
            JobsForFirst = 120,
            Visits = 500,
            Until = new DateOnly(2026, 11, 23),
            JobsContainer = "jobs-" + run,
            VisitsContainer = "visits-" + run,
        };
        var set = await SampleSystems.MakeAsync(options, folder.FullName, azurite.ConnectionString, Cancellation);
        person = (await ExpectedPerson.ReadAsync(set.ExpectedFile))[0];
        var connectors = TestConnectors.Over(Configure(set, options, azurite.ConnectionString));
        var identifiers = await new PersonFinder(connectors, catalogue).FindAsync(new EmailAddress(person.Addresses[0]), Cancellation);
        foreach (var system in catalogue.Systems)
            await new Collector(connectors, bundle.Staging).CollectAsync(bundle.Id, system, identifiers, Cancellation);
        await bundle.BuildAsync(catalogue.Systems, Right.Access, Right.Portability);
        files = await bundle.UnpackAsync();
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Access_holds_each_record_of_the_person_and_no_other()
    {
        foreach (var (system, table) in Tables())
        {
            var records = files.Json($"data/{system.Key}/{table.Name}.json").AsArray();
            var keys = records.Select(record => string.Join('|', table.Key.Select(name => record![name]!.ToString())));
            Assert.Equal(person.Keys(system.Key, table.Name).Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void P1_Portability_holds_the_tables_that_belong_and_every_record_of_them()
    {
        foreach (var (system, table) in Tables())
        {
            var path = $"portability/data/{system.Key}/{table.Name}.json";
            Assert.Equal(person.IsPortable(system.Key, table.Name), files.ContainsKey(path));
            if (files.ContainsKey(path))
                Assert.Equal(person.Keys(system.Key, table.Name).Count, files.Json(path).AsArray().Count);
        }
    }

    [Fact]
    public void P1_Nothing_derived_or_inferred_is_in_portability()
    {
        foreach (var (system, table) in Tables().Where(table => person.IsPortable(table.System.Key, table.Table.Name)))
        {
            var header = files.Text($"portability/data/{system.Key}/{table.Name}.csv").TrimStart('\uFEFF').Split("\r\n")[0].Split(',');
            var names = table.Fields.Where(field => field.Origin is DataOrigin.Derived or DataOrigin.Inferred).Select(field => field.Name);
            Assert.Empty(header.Intersect(names));
        }
    }

    private static ConfigurationManager Configure(SampleSet set, SystemsOptions options, string storage)
    {
        var configuration = new ConfigurationManager();
        configuration[SystemsService.CrmSetting] = $"Data Source={set.CrmFile}";
        configuration[SystemsService.PrintJobsSetting] = storage;
        configuration[SystemsService.PrintJobsSetting + ":Container"] = options.JobsContainer;
        configuration[SystemsService.WebAccessSetting] = storage;
        configuration[SystemsService.WebAccessSetting + ":Container"] = options.VisitsContainer;
        return configuration;
    }

    private IEnumerable<(SystemOfRecord System, SystemTable Table)> Tables() =>
        catalogue.Systems.SelectMany(system => system.Tables.Select(table => (system, table)));
}
