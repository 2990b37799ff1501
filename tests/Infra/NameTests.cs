using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Tests.Conventions;

namespace Spectrum.PrivacyFlows.Tests.Infra;

/// <summary>Names as Azure would get them, against the limits in Azure's "Naming rules and restrictions".</summary>
public sealed class NameTests
{
    // The last part of the name, for resources within others.
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["Microsoft.Resources/resourceGroups"] = @"^[\w.()-]{0,89}[\w()-]$",
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = "^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$",
        ["Microsoft.Storage/storageAccounts"] = "^[a-z0-9]{3,24}$",
        ["Microsoft.Storage/storageAccounts/blobServices"] = "^default$",
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = "^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$",
        ["Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies"] = "^default$",
        ["Microsoft.Storage/storageAccounts/managementPolicies"] = "^default$",
        ["Microsoft.KeyVault/vaults"] = "^(?!.*--)[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$",
        ["Microsoft.KeyVault/vaults/secrets"] = "^[A-Za-z0-9-]{1,127}$",
        ["Microsoft.DurableTask/schedulers"] = "^[A-Za-z0-9-]{3,64}$",
        ["Microsoft.DurableTask/schedulers/taskHubs"] = "^[A-Za-z0-9-]{3,64}$",
        ["Microsoft.OperationalInsights/workspaces"] = "^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$",
        ["Microsoft.Insights/components"] = @"^[^%&\\?/]{1,260}$",
        ["Microsoft.Insights/actionGroups"] = @"^[^%&\\?/:<>+]{1,260}$",
        ["Microsoft.Insights/scheduledQueryRules"] = @"^[^*<>%&:\\?/{}#]{1,260}$",
        ["Microsoft.Insights/diagnosticSettings"] = @"^[^*<>%&:\\?+/]{1,260}$",
        ["Microsoft.Insights/workbooks"] = "^[0-9a-f-]{36}$",
        ["Microsoft.Authorization/roleAssignments"] = "^[0-9a-f-]{36}$",
        ["Microsoft.Web/serverfarms"] = "^[A-Za-z0-9-]{1,60}$",
        ["Microsoft.Web/sites"] = "^[A-Za-z0-9][A-Za-z0-9-]{0,58}[A-Za-z0-9]$",
        ["Microsoft.Web/sites/config"] = "^appsettings$",
        ["Microsoft.Web/sites/basicPublishingCredentialsPolicies"] = "^(ftp|scm)$",
        ["Microsoft.Network/virtualNetworks"] = @"^[A-Za-z0-9][\w.-]{0,62}\w$",
        ["Microsoft.Network/publicIPAddresses"] = @"^[A-Za-z0-9][\w.-]{0,78}\w$",
        ["Microsoft.Network/natGateways"] = @"^[A-Za-z0-9][\w.-]{0,78}\w$",
        ["Microsoft.Network/privateEndpoints"] = @"^[A-Za-z0-9][\w.-]{0,62}\w$",
        ["Microsoft.Network/privateEndpoints/privateDnsZoneGroups"] = @"^[\w.-]{1,80}$",
        ["Microsoft.Network/privateDnsZones/virtualNetworkLinks"] = @"^[\w.-]{1,80}$",
    };

    public static TheoryData<string> Variants => InfraTemplate.Variants;

    [Theory]
    [MemberData(nameof(Variants))]
    public void Names_AreWorkedOutAndFit(string variant) => Assert.All(
        // A private DNS zone's name is Azure's, and hangs on the cloud.
        InfraTemplate.Resources(variant)
            .Where(resource => !resource.Type.StartsWith("Microsoft.Network/privateDnsZones", StringComparison.Ordinal)),
        resource => Assert.Matches(Allowed[resource.Type], resource.Name.Split('/')[^1]));

    [Theory]
    [MemberData(nameof(Variants))]
    public void Names_AreTakenOnce(string variant)
    {
        var ids = InfraTemplate.Resources(variant).Select(resource => resource.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void TheLongestName_IsAsLongAsAzdAllows()
    {
        Assert.Equal(64, InfraTemplate.LongestName.Length);
        Assert.Equal(
            $"rg-{InfraTemplate.LongestName}",
            Assert.Single(InfraTemplate.Resources("private, scheduler, longest name", "Microsoft.Resources/resourceGroups")).Name);
    }

    [Fact]
    public void Names_AreTheSameForTheSameEnvironment_AndOthersForAnother()
    {
        Assert.Equal(InfraTemplate.Account("prod", "cases").Name, InfraTemplate.Account("prod, later", "cases").Name);
        string[] all =
            [.. new[] { "dev", "prod", "private", "azd", "private, scheduler, longest name", "dev, storage, shortest name" }.Select(
                variant => InfraTemplate.Account(variant, "cases").Name)];
        Assert.Equal(all, all.Distinct());
    }

    [Fact]
    public void TheTaskHub_IsTheOneInHostJson()
    {
        var hub = Assert.Single(InfraTemplate.Resources("prod", "Microsoft.DurableTask/schedulers/taskHubs")).Name.Split('/')[1];
        Assert.Matches(
            $"\"hubName\":\\s*\"{Regex.Escape(hub)}\"",
            File.ReadAllText(Path.Combine(Conventions.SourceTree.Root, "functions", "host.json")));
    }
}
