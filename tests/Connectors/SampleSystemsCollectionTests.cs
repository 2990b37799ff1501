using System.Text.Json;
using Azure.Storage.Blobs;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Identities;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Rights.Disclosure;
using Spectrum.PrivacyFlows.Tests.LocalSystems;

namespace Spectrum.PrivacyFlows.Tests.Connectors;

/// <summary>The sample systems as the app sees them: everybody gets all of their records, and nobody else's.</summary>
public sealed class SampleSystemsCollectionTests : IClassFixture<SampleSystemsFixture>
{
    private readonly SampleSystemsFixture systems;
    private readonly DataMapCatalogue catalogue = ShippedDataMap.Load();
    private readonly Staging staging;
    private readonly PersonFinder finder;
    private readonly Collector collector;

    public SampleSystemsCollectionTests(AzuriteFixture azurite, SampleSystemsFixture systems)
    {
        this.systems = systems;
        var storage = new BundleAccount(new BlobServiceClient(azurite.ConnectionString));
        staging = new Staging(storage, new CaseSeals(new byte[32]));
        var connectors = TestConnectors.Over(systems.Configuration);
        (finder, collector) = (new PersonFinder(connectors, catalogue), new Collector(connectors, staging));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_gets_all_of_their_records_and_nobody_elses()
    {
        foreach (var person in await ExpectedPerson.ReadAsync(systems.ExpectedFile))
        {
            var identifiers = await finder.FindAsync(new EmailAddress(person.Addresses[0]), Cancellation);
            foreach (var system in catalogue.Systems)
                await CompareAsync(person, system, identifiers);
        }
    }

    [Fact]
    public async Task Every_address_of_a_person_and_any_case_leads_to_the_same_identifiers()
    {
        foreach (var person in await ExpectedPerson.ReadAsync(systems.ExpectedFile))
        {
            var first = await finder.FindAsync(new EmailAddress(person.Addresses[0]), Cancellation);
            foreach (var address in person.Addresses)
            {
                Assert.Equal(first.ToJson(), (await finder.FindAsync(new EmailAddress(address), Cancellation)).ToJson());
                Assert.Equal(first.ToJson(), (await finder.FindAsync(new EmailAddress(address.ToUpperInvariant()), Cancellation)).ToJson());
            }
        }
    }

    [Fact]
    public async Task Given_a_mailbox_that_two_people_share_When_it_asks_Then_a_human_has_to_look()
    {
        var refused = await Assert.ThrowsAsync<CollectionException>(() =>
            finder.FindAsync(new EmailAddress("office@brightwater.example"), Cancellation));
        Assert.False(refused.IsTransient);
        Assert.DoesNotContain("brightwater", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("nobody@brightwater.example")]
    [InlineData("lee@brightwater.example")]
    [InlineData("ann.lee@brightwater.exampl")]
    [InlineData("ann_lee@brightwater.example")]
    [InlineData("ann.lee+news@brightwater.example")]
    [InlineData("%@brightwater.example")]
    public async Task Given_an_address_that_only_resembles_one_When_it_asks_Then_nothing_is_found(string address)
    {
        var identifiers = await finder.FindAsync(new EmailAddress(address), Cancellation);
        Assert.Equal(1, identifiers.Count);
        foreach (var system in catalogue.Systems)
        {
            var counted = await collector.CollectAsync(
                new CaseId(2026, Random.Shared.Next(1, 900_000_000)), system, identifiers, Cancellation);
            Assert.All(counted.Tables, table => Assert.Equal(0, table.CountTaken));
        }
    }

    [Fact]
    public async Task The_generator_and_the_data_map_agree_on_what_is_portable()
    {
        var person = (await ExpectedPerson.ReadAsync(systems.ExpectedFile))[0];
        foreach (var system in catalogue.Systems)
        {
            foreach (var table in system.Tables)
                Assert.Equal(person.IsPortable(system.Key, table.Name), table.Fields.Any(field => IsPortable(table, field)));
        }
    }

    private static bool IsPortable(SystemTable table, TableField field) =>
        (field.LegalBasis ?? table.LegalBasis) is LegalBasis.Consent or LegalBasis.Contract
        && field.Origin is DataOrigin.Provided or DataOrigin.Observed;

    private async Task CompareAsync(ExpectedPerson person, SystemOfRecord system, Identifiers identifiers)
    {
        var caseId = new CaseId(2026, Random.Shared.Next(1, 900_000_000));
        var collected = await collector.CollectAsync(caseId, system, identifiers, Cancellation);
        foreach (var (table, counts) in system.Tables.Zip(collected.Tables))
        {
            var keys = await KeysAsync(caseId, system, table);
            Assert.Equal(person.Keys(system.Key, table.Name).Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
            Assert.Equal((table.Name, keys.Count, keys.Count), (counts.Table, counts.CountAtSource, counts.CountTaken));
        }
    }

    private async Task<List<string>> KeysAsync(CaseId caseId, SystemOfRecord system, SystemTable table)
    {
        await using var file = await staging.OpenReadAsync(caseId, system.Key, table.Name, Cancellation);
        using var reader = new StreamReader(file);
        var keys = new List<string>();
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            using var record = JsonDocument.Parse(line);
            Assert.Equal(table.Fields.Select(field => field.Name), record.RootElement.EnumerateObject().Select(property => property.Name));
            keys.Add(string.Join('|', table.Key.Select(name => record.RootElement.GetProperty(name).ToString())));
        }
        return keys;
    }
}
