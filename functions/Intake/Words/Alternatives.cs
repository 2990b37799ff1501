using System.Text.RegularExpressions;

namespace Spectrum.PrivacyFlows.Intake.Words;

/// <summary>
/// Chooses among the same words in several forms. The plainest is enough where it says what the others say. Programs put "this mail is
/// HTML" there, or another text altogether; then all are read, since any of them may be what the sender saw.
/// </summary>
internal static partial class Alternatives
{
    private const int LongestNothing = 400;

    /// <param name="read">The texts of each, the plainest first; none is empty.</param>
    public static IEnumerable<string> Choose(IReadOnlyList<IReadOnlyList<string>> read)
    {
        bool IsSaidBy(int i, int j) => i != j && Covers(read[j], read[i]) && (j < i || !Covers(read[i], read[j]));
        var kept = read.Where((_, i) => !Enumerable.Range(0, read.Count).Any(j => IsSaidBy(i, j)));
        return kept.Where(one => read.Count == 1 || !SaysNothing(one[0])).SelectMany(one => one);
    }

    /// <summary>Whether nine of ten words of a text are in another.</summary>
    private static bool Covers(IReadOnlyList<string> texts, IReadOnlyList<string> others)
    {
        var known = texts.SelectMany(WordsOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var (all, missing) = (0, 0);
        foreach (var word in others.SelectMany(WordsOf))
        {
            all++;
            missing += known.Contains(word) ? 0 : 1;
        }
        return missing * 10 <= all;
    }

    // Without addresses, which HTML hides behind words.
    private static IEnumerable<string> WordsOf(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Any(char.IsLetterOrDigit) && !word.Contains("://", StringComparison.Ordinal));

    /// <summary>One sentence: what is longer says something.</summary>
    private static bool SaysNothing(string text) => text.Trim() is { Length: <= LongestNothing } line && Nothing().IsMatch(line);

    /// <summary>What stands in the text of a mail whose words are in its HTML.</summary>
    [GeneratedRegex(
        @"^\W*(this (is|e?mail|message) .{0,60}\b(html|mime)\b.{0,40}|" +
        @"your (e-?mail|mail) (program|client|reader|app).{0,40}(not|n't) .{0,60}|" +
        @"(to|please) view (this|the) (e?mail|message).{0,80}|.{0,60}\bhtml[- ](compatible|capable|enabled)\b.{0,60})\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, 1000)]
    private static partial Regex Nothing();
}
