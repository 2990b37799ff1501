using System.Text;
using System.Text.RegularExpressions;

namespace Spectrum.PrivacyFlows.Intake.Understanding;

/// <summary>
/// The words of our own letters. Nothing is understood from them, however a mail program quotes them: the letters' fixed texts are
/// known, so a clause that stands in one is ours.
/// </summary>
internal static partial class OurWords
{
    /// <summary>Shorter clauses are anybody's.</summary>
    private const int ShortestInWords = 4;

    private static readonly Lazy<string> Letters = new(Read);

    /// <param name="clause">Flattened, in lowercase.</param>
    public static bool Are(string clause) =>
        clause.Count(c => c == ' ') + 1 >= ShortestInWords
        && Letters.Value.Contains(clause.Trim('-', '*', '•', ' '), StringComparison.Ordinal);

    private static string Read()
    {
        var assembly = typeof(OurWords).Assembly;
        var all = new StringBuilder();
        var names = assembly.GetManifestResourceNames().Where(name => name.EndsWith("Letter.text", StringComparison.Ordinal));
        foreach (var name in names.Order())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            all.Append(reader.ReadToEnd().ReplaceLineEndings("\n")).Append('\n');
        }
        foreach (var right in Enum.GetValues<Law.Right>())
            all.Append(Templates.PlainWords.ForThePerson(right)).Append('\n');
        // What a letter fills in parts its sentences: a clause never goes across it.
        return string.Join('\n', Field().Replace(all.ToString(), "\n").Split('\n')
            .Select(line => UnderstandingText.Flatten(UnderstandingText.Plain(line))).Where(line => line.Length > 0));
    }

    [GeneratedRegex(@"\{\{[^{}]*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
