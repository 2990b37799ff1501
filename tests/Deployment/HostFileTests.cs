using System.Text.Json.Nodes;
using Spectrum.PrivacyFlows.Tests.Templates;

namespace Spectrum.PrivacyFlows.Tests.Deployment;

/// <summary>Two host files, one for each backend, and no other difference.</summary>
public sealed class HostFileTests
{
    private static JsonNode Scheduler => Read("host.json");

    private static JsonNode Storage => Read("host.storage.json");

    [Fact]
    public void TheTwoFiles_DifferInTheProviderOnly()
    {
        var (one, other) = (Scheduler, Storage);
        Assert.Equal("azureManaged", (string?)one["extensions"]!["durableTask"]!["storageProvider"]!["type"]);
        Assert.Equal("AzureStorage", (string?)other["extensions"]!["durableTask"]!["storageProvider"]!["type"]);
        foreach (var file in new[] { one, other })
            file["extensions"]!["durableTask"]!.AsObject().Remove("storageProvider");
        Assert.Equal(one.ToJsonString(), other.ToJsonString());
    }

    [Theory]
    [InlineData("Host.Results")]
    [InlineData("Host.Aggregator")]
    [InlineData("Function")]
    public void WhatTheHostWouldTellOfRequests_WhoseAddressesCarryLinks_IsOff(string category) =>
        Assert.Equal("None", (string?)Scheduler["logging"]!["logLevel"]![category]);

    [Fact]
    public void AddressesOfRequests_AndCallsOfTheHost_AreNotCollected()
    {
        var insights = Scheduler["logging"]!["applicationInsights"]!;
        Assert.False((bool)insights["enableDependencyTracking"]!);
        Assert.False((bool)insights["httpAutoCollectionOptions"]!["enableHttpTriggerExtendedInfoCollection"]!);
        Assert.False((bool)Scheduler["extensions"]!["durableTask"]!["tracing"]!["distributedTracingEnabled"]!);
    }

    [Fact]
    public void ItsPage_CommentsEverySetting()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "host.md"));
        foreach (var name in new[] { "functionTimeout", "http", "hubName", "storageProvider", "maxConcurrentActivityFunctions", "maxConcurrentOrchestratorFunctions", "tracing", "logLevel", "applicationInsights" })
            Assert.Contains(name, page, StringComparison.Ordinal);
    }

    private static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "functions", name)))!;
}
