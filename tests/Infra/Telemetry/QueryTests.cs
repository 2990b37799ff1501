using System.Text.Json;
using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Tests.Conventions;

namespace Spectrum.PrivacyFlows.Tests.Infra.Telemetry;

/// <summary>A query that names what the app does not report would be silent for ever, and look like peace.</summary>
public sealed partial class QueryTests
{
    private static readonly string[] Tables = ["AppTraces", "AppMetrics", "StorageBlobLogs"];

    /// <summary>Where it is written, and the query.</summary>
    public static IReadOnlyList<(string Where, string Query)> All { get; } = [.. Alerts(), .. Workbook()];

    [Fact]
    public void Events_AreOnesThatTheAppReports() =>
        LayoutTests.AssertNone(Named(EventNames()), found => !TelemetryContract.Events.ContainsKey(found.Name));

    [Fact]
    public void Metrics_AreOnesThatTheAppReports() =>
        LayoutTests.AssertNone(Named(MetricNames()), found => !TelemetryContract.Metrics.ContainsKey(found.Name));

    [Fact]
    public void Properties_AreThoseOfTheEventsAndMetricsThatTheQueryNames() => Assert.All(All, one =>
    {
        var known = Texts(EventNames(), one.Query).SelectMany(name => TelemetryContract.Events[name])
            .Concat(Texts(MetricNames(), one.Query).SelectMany(name => TelemetryContract.Metrics[name])).Append("EventName").ToHashSet();
        Assert.All(
            PropertyNames().Matches(one.Query).Select(match => match.Groups[1].Value),
            property => Assert.True(known.Contains(property), $"{one.Where}: {property}"));
    });

    [Fact]
    public void EveryQuery_ReadsATableOfTheWorkspace_AndNamesWhatItLooksFor() => Assert.All(All, one =>
    {
        Assert.Contains(Tables, table => Regex.IsMatch(one.Query, $@"\b{table}\b"));
        var names = Texts(EventNames(), one.Query).Concat(Texts(MetricNames(), one.Query));
        Assert.True(one.Query.Contains("StorageBlobLogs", StringComparison.Ordinal) || names.Any(), one.Where);
    });

    [Theory]
    [InlineData("CaseDueSoon")]
    [InlineData("CaseStopped")]
    [InlineData("EvidenceBroken")]
    [InlineData("LetterFailed")]
    [InlineData("privacyflows.system.up")]
    [InlineData("privacyflows.mail.sweeps")]
    [InlineData("privacyflows.mail.subscription.hours_left")]
    public void WhatMatters_HasAnAlert(string name) =>
        Assert.Contains(Alerts(), alert => alert.Query.Contains($"'{name}'", StringComparison.Ordinal));

    [Fact]
    public void TheIntakesAlert_AnswersAlsoWhenTheAppLogsNothing()
    {
        var query = Alerts().Single(alert => alert.Where.EndsWith("intake-silent.kql", StringComparison.Ordinal)).Query;
        // Without groups, an aggregate over nothing is one row; with groups it would be no row, and no alert.
        Assert.Matches(@"summarize Sweeps = sum\(Sum\)\n\| where coalesce\(Sweeps, 0\.0\) < 1\n", query);
    }

    internal static IReadOnlyList<(string Where, string Query)> Alerts() =>
        [.. SourceTree.FilesIn("infra/alerts").Order(StringComparer.Ordinal)
            .Select(file => (file, File.ReadAllText(Path.Combine(SourceTree.Root, file))))];

    internal static IReadOnlyList<(string Where, string Query)> Workbook()
    {
        using var workbook = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "infra/modules/monitoring/workbook.json")));
        return [.. workbook.RootElement.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("type").GetInt32() == 3)
            .Select(item =>
                ($"workbook.json: {item.GetProperty("name").GetString()}", item.GetProperty("content").GetProperty("query").GetString()!))];
    }

    private static IEnumerable<(string Where, string Name)> Named(Regex names) =>
        All.SelectMany(one => Texts(names, one.Query).Select(name => (one.Where, name)));

    private static IEnumerable<string> Texts(Regex names, string query) =>
        names.Matches(query).SelectMany(match => match.Groups["name"].Captures).Select(name => name.Value);

    // EventName) == 'X', or a column made of it: Event in ('X', 'Y').
    [GeneratedRegex(@"EventName\)\s*(==|!=)\s*'(?<name>[^']*)'|\bEvent in \(('(?<name>[^']*)'(, )?)+\)")]
    private static partial Regex EventNames();

    [GeneratedRegex(@"\bName\s*(==|!=|startswith|has)\s*'(?<name>[^']*)'")]
    private static partial Regex MetricNames();

    [GeneratedRegex(@"\bProperties\.(\w+)")]
    private static partial Regex PropertyNames();
}
