using System.Text.Json;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tests.Bundles;
using Spectrum.PrivacyFlows.Tests.Conventions;

namespace Spectrum.PrivacyFlows.Tests.Infra.Telemetry;

public sealed class MonitoringTests
{
    public static TheoryData<string> Variants => InfraTemplate.Variants;

    [Theory]
    [MemberData(nameof(Variants))]
    public void EveryAlert_AsksItsQuery_AndTellsSomebody(string variant)
    {
        var rules = InfraTemplate.Resources(variant, "Microsoft.Insights/scheduledQueryRules");
        Assert.Equal(
            QueryTests.Alerts().Select(alert => Path.GetFileNameWithoutExtension(alert.Where)),
            rules.Select(rule => string.Join('-', rule.Name.Split('-').Skip(2))).Order(StringComparer.Ordinal));
        Assert.All(rules, rule =>
        {
            rule.Says("properties.enabled", true);
            Assert.Single(rule.At("properties.actions.actionGroups")!.Value.EnumerateArray());
            Assert.NotEmpty(rule.Text("properties.description")!);
            var criterion = Assert.Single(rule.At("properties.criteria.allOf")!.Value.EnumerateArray());
            var query = QueryTests.Alerts()
                .Single(alert => rule.Name.EndsWith("-" + Path.GetFileNameWithoutExtension(alert.Where), StringComparison.Ordinal)).Query;
            if (!query.Contains("__", StringComparison.Ordinal))
                Assert.Equal(query, criterion.GetProperty("query").GetString());
            // Resource Manager refuses a reminder on a rule that ends by itself.
            Assert.Equal(rule.At("properties.autoMitigate")!.Value.GetBoolean(), rule.Text("properties.muteActionsDuration") is null);
        });
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Alerts_ThatTellOneTroubleFromAnother_HaveTheColumnInTheirQuery(string variant) => Assert.All(
        InfraTemplate.Resources(variant, "Microsoft.Insights/scheduledQueryRules")
            .SelectMany(rule => rule.At("properties.criteria.allOf")!.Value.EnumerateArray()),
        criterion => Assert.All(
            criterion.GetProperty("dimensions").EnumerateArray().Select(dimension => dimension.GetProperty("name").GetString()!),
            column => Assert.Contains($"project {column},", criterion.GetProperty("query").GetString(), StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Variants))]
    public void EveryReadOfABundle_IsLoggedByAzure(string variant)
    {
        foreach (var account in new[] { "bundles", "cases" })
        {
            var setting = Assert.Single(
                InfraTemplate.Resources(variant, "Microsoft.Insights/diagnosticSettings"),
                one => one.Id.Contains(
                    $"/{InfraTemplate.Account(variant, account).Name}/blobServices/default/providers/", StringComparison.Ordinal));
            Assert.Equal(["StorageDelete", "StorageRead", "StorageWrite"], Categories(setting));
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void EveryUseOfTheVault_IsLoggedByAzure(string variant) => Assert.Equal(["AuditEvent"], Categories(Assert.Single(
        InfraTemplate.Resources(variant, "Microsoft.Insights/diagnosticSettings"),
        one => one.Id.Contains("/Microsoft.KeyVault/vaults/", StringComparison.Ordinal))));

    [Theory]
    [MemberData(nameof(Variants))]
    public void AddressesOfPages_WhichCarryLinks_AreLoggedNowhere(string variant)
    {
        Assert.DoesNotContain(
            InfraTemplate.Resources(variant, "Microsoft.Insights/diagnosticSettings"),
            one => one.Id.Contains("/Microsoft.Web/", StringComparison.Ordinal));
        Assert.DoesNotContain("AppServiceHTTPLogs", InfraTemplate.Compiled.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("FunctionAppLogs", InfraTemplate.Compiled.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Telemetry_TakesNoKey(string variant)
    {
        var insights = Assert.Single(InfraTemplate.Resources(variant, "Microsoft.Insights/components"));
        insights.Says("properties.DisableLocalAuth", true);
        insights.Says("properties.IngestionMode", "LogAnalytics");
        insights.Says("properties.DisableIpMasking", false);
        Assert.Single(InfraTemplate.Resources(variant, "Microsoft.OperationalInsights/workspaces"))
            .Says("properties.features.disableLocalAuth", true);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void TheManagersPage_IsDeployed(string variant) =>
        Assert.Single(InfraTemplate.Resources(variant, "Microsoft.Insights/workbooks")).Says("kind", "shared");

    [Fact]
    public void TheManagersPage_ShowsCountsAndNobody()
    {
        Assert.True(QueryTests.Workbook().Count >= 6);
        LayoutTests.AssertNone(QueryTests.Workbook(), one => one.Query
            .Replace("dcount(tostring(Properties.CaseId))", "", StringComparison.Ordinal).Contains("CaseId", StringComparison.Ordinal));
        LayoutTests.AssertNone(QueryTests.Workbook(), one => one.Query.Contains("StorageBlobLogs", StringComparison.Ordinal));
    }

    [Fact]
    public void TheManagersPage_NamesTheWorkspaceByPlaceholderOnly()
    {
        using var workbook = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "infra/modules/monitoring/workbook.json")));
        Assert.Equal("__WORKSPACE__", workbook.RootElement.GetProperty("fallbackResourceIds")[0].GetString());
    }

    private static IEnumerable<string> Categories(ArmResource setting)
    {
        var logs = setting.At("properties.logs")!.Value.EnumerateArray().ToList();
        Assert.All(logs, log => Assert.True(log.GetProperty("enabled").GetBoolean()));
        return logs.Select(log => log.GetProperty("category").GetString()!).Order(StringComparer.Ordinal);
    }
}
