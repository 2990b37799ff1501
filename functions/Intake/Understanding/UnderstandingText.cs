using System.Text.RegularExpressions;

namespace Spectrum.PrivacyFlows.Intake.Understanding;

/// <summary>A message's own words, clause by clause, in the form that the rules expect.</summary>
internal sealed partial class UnderstandingText
{
    private static readonly string[] Turns =
    [
        ",", " and ", " but ", " just ", " only ", " so ", " - ", " however ", " please ", " because ",
    ];

    private const int LongestClause = 2_000;

    private UnderstandingText(IReadOnlyList<string> clauses, bool speaksOfDataProtection)
    {
        Clauses = clauses;
        SpeaksOfDataProtection = speaksOfDataProtection;
    }

    public IReadOnlyList<string> Clauses { get; }

    public bool SpeaksOfDataProtection { get; }

    /// <param name="own">Words of one voice.</param>
    public static UnderstandingText Normalise(string subject, string own)
    {
        var text = (IsReplyToUs(subject) ? "" : Plain(subject)) + "\n\n" + Plain(own);
        var clauses = Paragraph().Split(text).SelectMany(ClausesOf).Where(clause => !OurWords.Are(clause)).Select(WithoutExplanations)
            .Where(clause => clause.Length > 0).ToList();
        return new UnderstandingText(clauses, UnderstandingRules.DataProtection.IsMatch(text));
    }

    /// <summary>What stands before a place in its clause, back to where the sentence last turned.</summary>
    public static string Before(string clause, int index)
    {
        var before = clause[..index];
        var turn = Turns.Max(word => before.LastIndexOf(word, StringComparison.Ordinal));
        return turn < 0 ? before : before[turn..];
    }

    /// <summary>The subject of a reply to a letter of ours is ours.</summary>
    private static bool IsReplyToUs(string subject) => ReplyToUs().IsMatch(subject);

    /// <summary>
    /// What a footer says to whoever got the mail by mistake is said to nobody here: from there on, its paragraph speaks of the sender's
    /// own data or of nothing that counts.
    /// </summary>
    private static IEnumerable<string> ClausesOf(string paragraph)
    {
        var isFooter = false;
        foreach (var clause in ClauseEnd().Split(paragraph).SelectMany(Pieces).Select(Flatten).Where(clause => clause.Length > 0))
        {
            isFooter |= OthersWords.Misdirected.IsMatch(clause);
            if (!isFooter || OthersWords.OfTheSender.IsMatch(clause))
                yield return clause;
        }
    }

    // Nobody speaks in clauses of this length; what has them is no prose.
    private static IEnumerable<string> Pieces(string clause) =>
        clause.Length <= LongestClause ? [clause] : clause.Chunk(LongestClause).Select(piece => new string(piece));

    internal static string Plain(string text)
    {
        var plain = text.ToLowerInvariant().Replace('’', '\'').Replace('‘', '\'').Replace('‐', '-').Replace('‑', '-').Replace('–', '-')
            .Replace('\u00a0', ' ');
        return ArticleShort().Replace(plain, "article ");
    }

    internal static string Flatten(string clause) => Spaces().Replace(clause, " ").Trim();

    private static string WithoutExplanations(string clause) =>
        OthersWords.Explanations.Aggregate(clause, (text, explanation) => explanation.Replace(text, ""));

    // A single line break is where a mail program wrapped the line.
    [GeneratedRegex(@"[.!?;:]+(?=\s|$)|[。！？；]|\n\s*(?=[-*•]|\d+[.)])|\n\s*[-=_*~]{2,}\s*\n")]
    private static partial Regex ClauseEnd();

    [GeneratedRegex(@"\b(?:art\.?|articles)\s*(?=\d)")]
    private static partial Regex ArticleShort();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\n\s*\n")]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"^\s*(\p{L}{1,4}\s*:\s*)+\[PR-[0-9]{4}-[0-9]{6,9}\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReplyToUs();
}
