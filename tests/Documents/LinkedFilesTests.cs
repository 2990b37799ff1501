using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Telemetry;
using Spectrum.PrivacyFlows.Tests.Conventions;
using Spectrum.PrivacyFlows.Tests.Templates;

namespace Spectrum.PrivacyFlows.Tests.Documents;

/// <summary>What the documents point at is there, and is called so.</summary>
public sealed partial class LinkedFilesTests
{
    public static TheoryData<string> Pages =>
        [.. SourceTree.Folders("docs").Concat(SourceTree.Folders("infra")).Concat(SourceTree.Folders("functions")).Concat(["."]).Distinct()
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.md"))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Order()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryLink_LeadsToAFile_AndEveryAnchorToAHeading(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        var broken = Link().Matches(WithoutCode(page)).Select(match => match.Groups["target"].Value)
            .Where(target => !target.StartsWith("http", StringComparison.Ordinal)
                && !target.StartsWith("mailto:", StringComparison.Ordinal)
                && !IsThere(folder, page, target));
        Assert.Empty(broken);
    }

    [Fact]
    public void TheOperationsPage_AsksForEventsAndMetricsThatThereAre()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        var metrics = typeof(TelemetryNames).GetFields().Select(field => (string)field.GetValue(null)!).ToHashSet();
        var events = typeof(CaseEvents).GetMethods().Select(method => method.Name).ToHashSet();
        var namedMetrics = Metric().Matches(page).Select(match => match.Value).Distinct().ToList();
        var namedEvents = Event().Matches(page)
            .SelectMany(match => match.Groups["name"].Captures)
            .Select(capture => capture.Value)
            .Distinct()
            .ToList();
        Assert.NotEmpty(namedMetrics);
        Assert.NotEmpty(namedEvents);
        Assert.Empty(namedMetrics.Except(metrics));
        Assert.Empty(namedEvents.Except(events));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryTestThatIsNamed_Exists(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        var missing = NamedTest().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Where(named =>
        {
            var source = File.ReadAllText(Path.Combine(folder, named.Groups["path"].Value));
            return !source.Contains($"class {named.Groups["class"].Value}", StringComparison.Ordinal)
                || !source.Contains($" {named.Groups["method"].Value}(", StringComparison.Ordinal);
        });
        Assert.Empty(missing.Select(named => named.Value));
    }

    private static bool IsThere(string folder, string page, string target)
    {
        var (path, anchor) = target.Split('#', 2) is [var file, var heading] ? (file, heading) : (target, "");
        var full = path.Length == 0 ? Path.Combine(Repository.Root, page) : Path.GetFullPath(Path.Combine(folder, path));
        if (!File.Exists(full) && !Directory.Exists(full))
            return false;
        return anchor.Length == 0 || !full.EndsWith(".md", StringComparison.Ordinal) || Anchors(full).Contains(anchor);
    }

    /// <summary>As GitHub makes them of headings, and those that are written out.</summary>
    private static HashSet<string> Anchors(string file) => [.. File.ReadLines(file)
        .Where(line => line.StartsWith('#'))
        .Select(line => NotInAnchors().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-')),
        .. WrittenAnchor().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)];

    private static string WithoutCode(string page) => Code().Replace(File.ReadAllText(Path.Combine(Repository.Root, page)), "");

    [GeneratedRegex(@"\[`(?<class>\w+)\.(?<method>\w+)`\]\((?<path>[^)\s]+\.cs)\)")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex("<a id=\"(?<name>[^\"]+)\"")]
    private static partial Regex WrittenAnchor();

    [GeneratedRegex(@"privacyflows\.[a-z_.]*[a-z]")]
    private static partial Regex Metric();

    [GeneratedRegex("EventName (?:== |in \\()(?:\"(?<name>[A-Za-z]+)\"(?:, )?)+")]
    private static partial Regex Event();
}
