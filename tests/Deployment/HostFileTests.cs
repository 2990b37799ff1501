using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Spectrum.PrivacyFlows.Telemetry.Host;
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
        Assert.Equal("None", (string?)Scheduler["extensions"]!["durableTask"]!["tracing"]!["version"]);
    }

    [Fact]
    public void TheHostIsGivenOurOwnLinesAlone()
    {
        var provider = typeof(FunctionContext).Assembly.GetType(HostLog.Provider);
        Assert.NotNull(provider);
        var options = new ServiceCollection().AddHostLog().BuildServiceProvider().GetRequiredService<IOptions<LoggerFilterOptions>>().Value;
        Assert.All(options.Rules, rule => Assert.Equal(HostLog.Provider, rule.ProviderName));
        Assert.Equal(LogLevel.None, options.Rules.Single(rule => rule.CategoryName is null).LogLevel);
        Assert.Equal("Spectrum.PrivacyFlows", options.Rules.Single(rule => rule.CategoryName is not null).CategoryName);
    }

    [Fact]
    public void ItsPage_CommentsEverySetting()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "host.md"));
        var (durable, logging) = (Names(Scheduler["extensions"]!["durableTask"]!), Names(Scheduler["logging"]!));
        var extensions = Names(Scheduler["extensions"]!).Except(["durableTask"]);
        string[] names = [.. Names(Scheduler).Except(["version", "extensions", "logging"]), .. extensions, .. durable, .. logging];
        Assert.Contains("maxConcurrentActivityFunctions", names);
        Assert.DoesNotContain(names, name => !Regex.IsMatch(page, $@"^\| `([a-zA-Z]+\.)?{name}`", RegexOptions.Multiline));

        static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(setting => setting.Key);
    }

    private static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "functions", name)))!;
}
