using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors.Lines;

/// <summary>
/// Finds the few lines of a block that may be the person's, many times faster than taking each apart. It may point at a line
/// that is not theirs, and never misses one that is: an identifier stands in a line as it is, or written with a
/// backslash (<c>\u0040</c> for @), so a line with a backslash is always pointed at.
/// </summary>
internal sealed partial class LinePrefilter
{
    private readonly string[] needles;
    private readonly SearchValues<string> search;

    public LinePrefilter(SystemTable table, Identifiers person)
    {
        needles = [.. table.Find.SelectMany(find => person.Forms(table, find.Identifier)).Distinct(StringComparer.Ordinal).Select(AsBytes)];
        // Vectorised search for many texts is there for chars: each byte becomes the char of its number.
        search = SearchValues.Create(needles, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The next place at or after <paramref name="from"/> where an identifier stands, or the length where there is none.</summary>
    public int NextIdentifier(ReadOnlySpan<char> block, int from)
    {
        var found = block[from..].IndexOfAny(search);
        return found < 0 ? block.Length : from + found;
    }

    /// <summary>
    /// Whether a line that cannot be taken apart speaks of the person: an identifier stands in it as a word of its
    /// own, once backslashes are read.
    /// </summary>
    public bool Mentions(ReadOnlySpan<byte> line)
    {
        var text = Escapes().Replace(Encoding.Latin1.GetString(line), Unescape);
        return needles.Any(needle => StandsIn(text, needle));
    }

    private static bool StandsIn(string text, string needle)
    {
        for (var at = text.IndexOf(needle, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(
            needle, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var after = at + needle.Length;
            if ((at == 0 || !IsPartOfWord(text[at - 1])) && (after == text.Length || !IsPartOfWord(text[after])))
                return true;
        }
        return false;
    }

    private static bool IsPartOfWord(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '+' or '@' or '%' or > '\x7F';

    private static string Unescape(Match escape)
    {
        var digits = escape.Groups["hex"].Value;
        if (digits is "")
            return escape.Value[1..];
        var code = (char)int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        // \xhh is a byte already; \uhhhh is a character, whose bytes are what the needles are made of.
        return escape.Value[1] == 'x' ? code.ToString() : AsBytes(code.ToString());
    }

    private static string AsBytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    [GeneratedRegex(@"\\(?:u(?<hex>[0-9A-Fa-f]{4})|x(?<hex>[0-9A-Fa-f]{2})|.)", RegexOptions.ExplicitCapture)]
    private static partial Regex Escapes();
}
