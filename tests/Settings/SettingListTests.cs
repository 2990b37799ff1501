using System.Text.Json.Nodes;
using Spectrum.PrivacyFlows.Settings;
using Spectrum.PrivacyFlows.Tests.Bundles;
using Spectrum.PrivacyFlows.Tests.Exchange;
using Spectrum.PrivacyFlows.Tests.Templates;

namespace Spectrum.PrivacyFlows.Tests.Settings;

/// <summary>One list of settings: what the code reads, what the docs say, what the sample holds.</summary>
public sealed class SettingListTests
{
    [Fact]
    public void EverySettingThatTheAppReads_IsListed_AndEveryListedOneIsRead()
    {
        HashSet<string> asked = [];
        foreach (var settings in new[] { SettingSamples.OnAzure(), SettingSamples.OnOneMachine() })
        {
            var configuration = SettingSamples.Configuration(settings);
            SettingSamples.Read(configuration);
            asked.UnionWith(configuration.Asked);
        }
        Assert.Equal(
            SettingCatalogue.All.Where(setting => !setting.IsTheHosts).Select(setting => setting.Name).Order(),
            asked.Where(name => !name.StartsWith(SettingCatalogue.Systems, StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void TheSample_HoldsEverySetting_AndNoOther()
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "functions", "local.settings.sample.json")))!["Values"]!
            .AsObject()
            .Select(value => value.Key);
        var connections = SettingSamples.Systems.Select(system => system.Connector.Connection.Replace(":", "__", StringComparison.Ordinal));
        Assert.Equal(SettingCatalogue.All.Select(setting => setting.Name).Concat(connections).Order(), sample.Order());
    }

    [Fact]
    public void TheDocumentedTable_IsTheCatalogue()
    {
        var file = Path.Combine(Repository.Root, "docs", "settings.md");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(file, SettingsDocument.Render());
        Assert.True(File.Exists(file), "There is no docs/settings.md. Run once with UPDATE_SNAPSHOTS=1.");
        Assert.Equal(SettingsDocument.Render(), File.ReadAllText(file), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void ASettingThatIsNotListed_CannotBeRead() =>
        Assert.Throws<ArgumentException>(() =>
            SettingsReader.Read(SettingSamples.Configuration([]), settings => settings.Text("Officer__Telephone")));

    [Fact]
    public void SecretsAreNeverOfTheTemplateItself() =>
        Assert.All(
            SettingCatalogue.All.Where(setting => setting is { IsSecret: true, IsSetOnAzure: true }),
            secret => Assert.StartsWith("Key Vault", secret.OnAzure, StringComparison.Ordinal));
}
