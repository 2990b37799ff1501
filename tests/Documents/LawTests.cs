using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Tests.Conventions;
using Spectrum.PrivacyFlows.Tests.Templates;

namespace Spectrum.PrivacyFlows.Tests.Documents;

/// <summary>Whoever reads a rule's number in the code can look it up in docs/law.md.</summary>
public sealed partial class LawTests(ITestOutputHelper output)
{
    private static readonly string[] Kinds = [".cs", ".md", ".html", ".text", ".yaml", ".bicep"];
    private static readonly string[] Places = ["functions", "local", "tests", "docs", "infra"];

    [Fact]
    public void EveryNumberThatIsCited_IsARule()
    {
        var rules = Rules(File.ReadAllText(Path.Combine(Repository.Root, "docs", "law.md")));
        var cited = Files().SelectMany(file => Citations(File.ReadAllText(Path.Combine(Repository.Root, file))).Select(number => (File: file, Number: number))).ToList();
        output.WriteLine($"{cited.Count} citations of {cited.Select(citation => citation.Number).Distinct().Count()} rules; {rules.Count} rules.");
        Assert.Equal(rules.Distinct(), rules);
        Assert.True(rules.Count > 30 && cited.Count > 60, "The rules or their citations were not read.");
        Assert.Empty(cited.Where(citation => !rules.Contains(citation.Number)).Select(citation => $"{citation.File} cites {citation.Number}"));
    }

    [Fact]
    public void ACitation_IsToldFromWhatOnlyLooksLikeOne()
    {
        Assert.Equal(["T99", "S4", "T3", "R12"], Citations("""the record (T99, S4), T3_DueDateRolls, {{! R12 }} but "P8D", PT30M, "PT5", sku: 'S1', s1, R12B, 'P1' """));
        Assert.Equal(["T1", "T2"], Rules("| # | Rule |\n|---|---|\n| T1 | One, see T9. |\n| T2 | Two. |"));
    }

    private static List<string> Rules(string law) => [.. Row().Matches(law).Select(row => row.Groups["number"].Value)];

    private static IEnumerable<string> Citations(string text) => Citation().Matches(text).Select(citation => citation.Groups["number"].Value);

    private static IEnumerable<string> Files() =>
        Places.SelectMany(SourceTree.Folders).SelectMany(SourceTree.FilesIn)
            .Where(file => Kinds.Contains(Path.GetExtension(file)) && !file.EndsWith("LawTests.cs", StringComparison.Ordinal) && !file.Contains("snapshot", StringComparison.Ordinal));

    [GeneratedRegex(@"^\| (?<number>[TRPIS][0-9]{1,2}) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    // In quotation marks stands something else: an Azure SKU, a duration, a cell of a spreadsheet.
    [GeneratedRegex(@"(?<![\w""'.:-])(?<number>[TRPIS][1-9][0-9]?)(?=_[A-Z]|[^\w""'])")]
    private static partial Regex Citation();
}
