using Spectrum.PrivacyFlows.Settings;
using Spectrum.PrivacyFlows.Tests.Settings;

namespace Spectrum.PrivacyFlows.Tests.Infra.Settings;

/// <summary>Every setting that the app reads is set, and every setting that is set is read; and the app starts with them.</summary>
public sealed class AppSettingsTests
{
    public static TheoryData<string> Variants => InfraTemplate.Variants;

    private static IEnumerable<string> Connections =>
        SettingSamples.Systems.Select(system => system.Connector.Connection.Replace(":", "__", StringComparison.Ordinal));

    [Fact]
    public void TheTemplateSets_WhatTheCatalogueSays_AndNothingElse()
    {
        var set = InfraTemplate.Variants.SelectMany(row => InfraTemplate.AppSettings(row.Data)).Distinct();
        Assert.Equal(
            SettingCatalogue.All.Where(setting => setting.IsSetOnAzure).Select(setting => setting.Name).Concat(Connections).Order(
                StringComparer.Ordinal),
            set.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void TheApp_ReadsEverySettingThatIsSet_AndTakesThemAll(string variant)
    {
        var settings = InfraTemplate.AppSettingValues(variant)
            .ToDictionary(setting => setting.Key, setting => (string?)Resolved(setting.Key, setting.Value));
        var configuration = SettingSamples.Configuration(settings);
        SettingSamples.Read(configuration);
        var hosts = SettingCatalogue.All.Where(setting => setting.IsTheHosts).Select(setting => setting.Name);
        Assert.Empty(settings.Keys.Except(hosts).Except(configuration.Asked));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void WhatTheCatalogueCallsSecret_IsInTheVault_AndNothingElseIs(string variant)
    {
        var secrets = SettingCatalogue.All
            .Where(setting => setting.IsSecret)
            .Select(setting => setting.Name)
            .Concat(Connections)
            .ToHashSet();
        Assert.All(InfraTemplate.AppSettingValues(variant), setting =>
            Assert.Equal(secrets.Contains(setting.Key), setting.Value.StartsWith("@Microsoft.KeyVault(", StringComparison.Ordinal)));
    }

    /// <summary>As the app sees it once Azure has put in what only Azure knows.</summary>
    private static string Resolved(string name, string value) => name switch
    {
        "Links__SigningKey" => Convert.ToBase64String(new byte[72]),
        "Links__PreviousSigningKey" => Convert.ToBase64String(Enumerable.Repeat((byte)1, 72).ToArray()),
        "Mailbox__ClientState" => "6f9619ff-8b86-d011-b42d-00cf4fc964ff6f9619ff-8b86-d011-b42d-00cf4fc964ff",
        "Site__BaseUrl" when value.StartsWith('[') => "https://func.example.org",
        "CaseStorage__blobServiceUri" => "https://cases.blob.example.org/",
        "CaseStorage__tableServiceUri" => "https://cases.table.example.org/",
        "BundleStorage__blobServiceUri" => "https://bundles.blob.example.org/",
        "APPLICATIONINSIGHTS_CONNECTION_STRING" =>
            "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=https://telemetry.example.org/",
        _ => value,
    };
}
