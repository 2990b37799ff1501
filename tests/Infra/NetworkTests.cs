using Spectrum.PrivacyFlows.Tests.Bundles;

namespace Spectrum.PrivacyFlows.Tests.Infra;

public sealed class NetworkTests
{
    public static TheoryData<string> Variants => InfraTemplate.Variants;

    [Theory]
    [MemberData(nameof(Variants))]
    public void DataServices_AnswerOnTheInternet_OnlyInPublicVariants(string variant)
    {
        var services = InfraTemplate.Resources(variant)
            .Where(resource =>
                resource.Type is "Microsoft.Storage/storageAccounts" or "Microsoft.KeyVault/vaults" or "Microsoft.DurableTask/schedulers")
            .ToList();
        Assert.Equal(InfraTemplate.UsesScheduler(variant) ? 5 : 4, services.Count);
        Assert.All(
            services, service => service.Says("properties.publicNetworkAccess", InfraTemplate.IsPrivate(variant) ? "Disabled" : "Enabled"));
        if (InfraTemplate.IsPrivate(variant))
            Assert.All(
                services.Where(service => service.Type != "Microsoft.DurableTask/schedulers"),
                service => service.Says("properties.networkAcls.defaultAction", "Deny"));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void PrivateEndpoints_AreThoseOfTheServicesInUse(string variant)
    {
        List<string> expected = !InfraTemplate.IsPrivate(variant) ? []
            : InfraTemplate.UsesScheduler(variant) ? ["bundles-blob", "cases-blob", "cases-table", "host-blob", "scheduler", "vault"]
            : ["bundles-blob", "cases-blob", "cases-table", "host-blob", "host-queue", "host-table", "vault"];
        var endpoints = InfraTemplate.Resources(variant, "Microsoft.Network/privateEndpoints");
        Assert.Equal(
            expected, endpoints.Select(endpoint => string.Join('-', endpoint.Name.Split('-').Skip(2))).Order(StringComparer.Ordinal));
        Assert.Equal(endpoints.Count, InfraTemplate.Resources(variant, "Microsoft.Network/privateEndpoints/privateDnsZoneGroups").Count);
        Assert.All(endpoints, endpoint => Assert.EndsWith(
            endpoint
                .At("properties.privateLinkServiceConnections")!.Value[0]
                .GetProperty("properties")
                .GetProperty("groupIds")[0]
                .GetString()!,
            endpoint.Name,
            StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void DnsZones_ServeEachServiceOnce(string variant)
    {
        string[] expected = !InfraTemplate.IsPrivate(variant) ? []
            : InfraTemplate.UsesScheduler(variant)
                ? ["blob", "durabletask", "table", "vaultcore"]
                : ["blob", "queue", "table", "vaultcore"];
        Assert.Equal(
            expected,
            InfraTemplate.Resources(variant, "Microsoft.Network/privateDnsZones")
                .Select(zone => zone.Name[zone.Name.IndexOf("privatelink.", StringComparison.Ordinal)..].Split('.')[1])
                .Order(StringComparer.Ordinal));
        Assert.Equal(expected.Length, InfraTemplate.Resources(variant, "Microsoft.Network/privateDnsZones/virtualNetworkLinks").Count);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void TheApp_LeavesThroughTheNetwork_OnlyWhereThereIsOne(string variant)
    {
        var site = Site(variant);
        if (!InfraTemplate.IsPrivate(variant))
        {
            Assert.Null(site.Text("properties.virtualNetworkSubnetId"));
            Assert.DoesNotContain(
                InfraTemplate.Resources(variant), resource => resource.Type.StartsWith("Microsoft.Network/", StringComparison.Ordinal));
            return;
        }

        Assert.Contains("appSubnetId", site.Text("properties.virtualNetworkSubnetId"), StringComparison.Ordinal);
        var subnets = Assert.Single(InfraTemplate.Resources(variant, "Microsoft.Network/virtualNetworks"))
            .At("properties.subnets")!.Value
            .EnumerateArray()
            .ToDictionary(subnet => subnet.GetProperty("name").GetString()!, subnet => subnet.GetProperty("properties"));
        Assert.Equal(
            "Microsoft.App/environments",
            subnets["app"].GetProperty("delegations")[0].GetProperty("properties").GetProperty("serviceName").GetString());
        Assert.Contains(
            "Microsoft.Network/natGateways",
            subnets["app"].GetProperty("natGateway").GetProperty("id").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(
            ("10.83.0.0/26", "10.83.0.64/26"),
            (subnets["app"].GetProperty("addressPrefix").GetString(), subnets["endpoints"].GetProperty("addressPrefix").GetString()));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void TheApp_SpeaksTlsAndIsPublishedWithASignIn(string variant)
    {
        var site = Site(variant);
        site.Says("properties.httpsOnly", true);
        site.Says("properties.siteConfig.minTlsVersion", "1.2");
        site.Says("properties.siteConfig.scmMinTlsVersion", "1.2");
        site.Says("properties.siteConfig.ftpsState", "Disabled");
        site.Says("properties.functionAppConfig.runtime.name", "dotnet-isolated");
        site.Says("properties.functionAppConfig.runtime.version", "10.0");
        site.Says("properties.functionAppConfig.deployment.storage.authentication.type", "UserAssignedIdentity");
        site.Says("identity.type", "UserAssigned");
        var passwords = InfraTemplate.Resources(variant, "Microsoft.Web/sites/basicPublishingCredentialsPolicies");
        Assert.Equal(["ftp", "scm"], passwords.Select(policy => policy.Name.Split('/')[1]).Order(StringComparer.Ordinal));
        Assert.All(passwords, policy => policy.Says("properties.allow", false));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void TheScheduler_IsThereOnlyWhereItIsChosen(string variant)
    {
        Assert.Equal(
            InfraTemplate.UsesScheduler(variant) ? 2 : 0,
            InfraTemplate.Resources(variant)
                .Count(resource => resource.Type.StartsWith("Microsoft.DurableTask/", StringComparison.Ordinal)));
        Assert.Equal(
            InfraTemplate.UsesScheduler(variant), InfraTemplate.AppSettings(variant).Contains("DURABLE_TASK_SCHEDULER_CONNECTION_STRING"));
    }

    private static ArmResource Site(string variant) => Assert.Single(InfraTemplate.Resources(variant, "Microsoft.Web/sites"));
}
