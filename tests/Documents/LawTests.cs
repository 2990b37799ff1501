using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Rights.Disclosure;
using Spectrum.PrivacyFlows.Tests.Conventions;
using Spectrum.PrivacyFlows.Tests.Infra;
using Spectrum.PrivacyFlows.Tests.Templates;

namespace Spectrum.PrivacyFlows.Tests.Documents;

/// <summary>Every rule of law that anything here cites can be looked up in docs/law.md.</summary>
public sealed partial class LawTests(ITestOutputHelper output)
{
    private static readonly string[] Tops = ["functions", "local", "tests", "docs", "infra"];
    private static readonly string[] Kinds = [".cs", ".md", ".html", ".text", ".yaml", ".bicep"];

    /// <summary>How many rules each letter has, so that a row that is lost is missed even where nothing cites it.</summary>
    private static readonly Dictionary<char, int> Chapters = new() { ['T'] = 12, ['R'] = 13, ['P'] = 5, ['I'] = 4, ['S'] = 5 };

    [Fact]
    public void EveryRuleThatIsCited_IsDefined()
    {
        var defined = Defined(Page()).ToHashSet();
        var cited = Sources().SelectMany(file => CitedIn(file).Select(rule => (file, rule))).ToList();
        var (rules, files) = (cited.DistinctBy(citation => citation.rule).Count(), cited.DistinctBy(citation => citation.file).Count());
        output.WriteLine($"{cited.Count} citations of {rules} rules in {files} files");
        Assert.DoesNotContain(cited, citation => !defined.Contains(citation.rule));
        foreach (var top in Tops)
            Assert.Contains(cited, citation => citation.file.StartsWith(top + "/", StringComparison.Ordinal)); // It was read.
    }

    [Fact]
    public void EveryRule_IsDefinedOnce_AndNoneIsLeftOut()
    {
        var rules = Chapters.SelectMany(chapter => Enumerable.Range(1, chapter.Value).Select(number => $"{chapter.Key}{number}"));
        Assert.Equal(rules, Defined(Page()));
    }

    /// <summary>The page lists the rules that the app never names; whoever follows one takes it off.</summary>
    [Fact]
    public void TheRulesThatTheAppDoesNotCite_AreThoseThatThePageLists()
    {
        var cited = Sources().Where(file => file.StartsWith("functions/", StringComparison.Ordinal) && Path.GetExtension(file) != ".md")
            .SelectMany(CitedIn).ToHashSet();
        var expected = Defined(Page()).Where(rule => !cited.Contains(rule)).ToList();
        output.WriteLine($"Not cited in functions/: {string.Join(", ", expected)}");
        Assert.Equal(expected, NotCited(Page()));
    }

    [Theory]
    [InlineData("law.cs", "// the day of #, which is late", "#")]
    [InlineData("law.cs", "public void #_DueDateRolls() { }", "#")]
    [InlineData("law.cs", "Given_a_refusal_Then_#_is_kept", "#")]
    [InlineData("law.cs", "[\"rule\"] = \"#\"", "#")]
    [InlineData("law.cs", "(#, #)", "##")]
    [InlineData("law.cs", "$\"{share:#}\"", "")]
    [InlineData("law.cs", "$\"{1 - with / without:#} of {all}\"", "")]
    [InlineData("law.cs", "$\"{a} follows #: {b:N1}\"", "#")]
    [InlineData("law.cs", "new Round#(), T#, #B, F#", "")]
    [InlineData("law.cs", "\"#D\", \"PT#M\"", "")]
    [InlineData("law.bicep", "sku: { name: '#', tier: 'Standard' }", "")]
    [InlineData("law.bicep", "@description('Kept (#).') // as # says", "##")]
    [InlineData("law.md", "[#](law.md), #.", "##")]
    public void ACitation_IsTakenForOne_AndAFormatASizeAndADurationAreNot(string file, string text, string expected)
    {
        var madeUp = $"{'P'}99"; // Written in two parts, as this file is read too.
        Assert.Equal(expected.Select(_ => madeUp), Cited(file, text.Replace("#", madeUp, StringComparison.Ordinal)));
    }

    [Fact]
    public void GivenMadeUpText_ARuleThatIsNotDefined_AndOneThatIsDefinedTwice_AreFound()
    {
        var (one, two, none) = ($"{'T'}1", $"{'T'}2", $"{'T'}99");
        var page = $"| # | Rule |\n|---|---|\n| {one} | as {none} says |\n| {two} | later |\n| {one} | again |\n";
        Assert.Equal([one, two, one], Defined(page));
        Assert.Equal([none], Cited("law.md", page));
        Assert.Equal([none], Cited("case.cs", $"// See {one}, {two} and {none}.").Except(Defined(page)));
    }

    /// <summary>The rules that have a row of their own.</summary>
    private static IEnumerable<string> Defined(string page) => Row().Matches(page).Select(match => match.Groups["rule"].Value);

    /// <summary>The rules in the page's list of those that the app does not cite.</summary>
    private static IEnumerable<string> NotCited(string page) => Citation().Matches(Unused().Match(page).Value).Select(match => match.Value);

    private static IEnumerable<string> CitedIn(string file) => Cited(file, File.ReadAllText(Path.Combine(Repository.Root, file)));

    /// <summary>The rules that a text names, as often as it does; the number in a rule's own row is no citation.</summary>
    private static IEnumerable<string> Cited(string file, string text)
    {
        text = Path.GetExtension(file) switch
        {
            ".cs" => Format().Replace(text, "$1"),
            ".bicep" => Size().Replace(text, ""),
            ".md" => Unused().Replace(Row().Replace(text, ""), ""),
            _ => text,
        };
        return Citation().Matches(text).Select(match => match.Value);
    }

    private static IEnumerable<string> Sources() => Tops.SelectMany(SourceTree.Folders).SelectMany(SourceTree.FilesIn)
        .Concat(Directory.EnumerateFiles(Repository.Root, "*.md").Select(file => Path.GetRelativePath(Repository.Root, file)))
        .Where(file => Kinds.Contains(Path.GetExtension(file)));

    private static string Page() => File.ReadAllText(Path.Combine(Repository.Root, "docs", "law.md"));

    [GeneratedRegex(@"^\| (?<rule>[TRPIS]\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    // The list of what is not cited is no citation.
    [GeneratedRegex(@"^Not cited: [^\n]*$", RegexOptions.Multiline)]
    private static partial Regex Unused();

    // Neither part of a word (Round2, S10B) nor of a duration (P8D); the underscore of a test's name ends it.
    [GeneratedRegex("(?<![A-Za-z0-9])[TRPIS][0-9]{1,2}(?![A-Za-z0-9])")]
    private static partial Regex Citation();

    // A percentage of an interpolated string, as in {share:P0}.
    [GeneratedRegex(@"(\{[^{}""]*):[TRPIS]\d+(?=\})")]
    private static partial Regex Format();

    // A plan or disk size, which is the whole of its string, as in name: 'S1'. A rule in Bicep stands in a sentence.
    [GeneratedRegex(@"'[TRPIS]\d+'")]
    private static partial Regex Size();
}
