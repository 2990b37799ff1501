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

    public static UnderstandingText Normalise(string subject, string body)
    {
        var own = OwnWords(body.Length > Reading.MaxCharacters ? body[..Reading.MaxCharacters] : body);
        var text = Plain(subject) + "\n\n" + Plain(own);
        var clauses = ClauseEnd().Split(text).SelectMany(Pieces).Select(Flatten).Where(clause => clause.Length > 0).ToList();
        return new UnderstandingText(clauses, UnderstandingRules.DataProtection.IsMatch(text));
    }

    /// <summary>What stands before a place in its clause, back to where the sentence last turned.</summary>
    public static string Before(string clause, int index)
    {
        var before = clause[..index];
        var turn = Turns.Max(word => before.LastIndexOf(word, StringComparison.Ordinal));
        return turn < 0 ? before : before[turn..];
    }

    /// <summary>Leaves out what is quoted from another message and what follows the signature's dashes.</summary>
    private static string OwnWords(string body)
    {
        var lines = body.ReplaceLineEndings("\n").Split('\n');
        var own = lines.TakeWhile(line => line.TrimEnd() is not "--" && !QuoteHead().IsMatch(line))
            .Where(line => !line.TrimStart().StartsWith('>'));
        return string.Join('\n', own);
    }

    // Nobody speaks in clauses of this length; what has them is no prose.
    private static IEnumerable<string> Pieces(string clause) =>
        clause.Length <= LongestClause ? [clause] : clause.Chunk(LongestClause).Select(piece => new string(piece));

    private static string Plain(string text)
    {
        var plain = text.ToLowerInvariant().Replace('’', '\'').Replace('‘', '\'').Replace('‐', '-').Replace('‑', '-').Replace('–', '-')
            .Replace(' ', ' ');
        return ArticleShort().Replace(plain, "article ");
    }

    private static string Flatten(string clause)
    {
        var flat = Spaces().Replace(clause, " ").Trim();
        return UnderstandingRules.Explanations.Aggregate(flat, (text, explanation) => explanation.Replace(text, ""));
    }

    // A single line break is where a mail program wrapped the line.
    [GeneratedRegex(@"[.!?;:]+(?=\s|$)|\n\s*\n|\n\s*(?=[-*•]|\d+[.)])")]
    private static partial Regex ClauseEnd();

    [GeneratedRegex(@"\b(?:art\.?|articles)\s*(?=\d)")]
    private static partial Regex ArticleShort();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // "On Monday, A wrote:", Outlook's block of headers, and its line of dashes.
    [GeneratedRegex(
        @"^\s*(-{2,}\s*(original message|forwarded message)|_{20,}|on .{5,200}\bwrote:\s*$|from:\s.*@)", RegexOptions.IgnoreCase)]
    private static partial Regex QuoteHead();
}
