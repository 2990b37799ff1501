using System.Globalization;
using System.Text.RegularExpressions;

namespace Spectrum.PrivacyFlows.Templates;

/// <summary>
/// Words that a stranger wrote. They can be written into a letter or page only so that no mail program or browser makes a link of them:
/// <c>https://evil.example</c> becomes <c>hxxps[:]//evil[.]example</c>. Any text becomes one by being put where one is wanted.
/// </summary>
public readonly partial record struct Untrusted
{
    private readonly string? words;

    /// <param name="words">As they came.</param>
    public Untrusted(string words) => this.words = words;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(words);

    public static implicit operator Untrusted(string words) => new(words);

    /// <summary>The words, or what to say where there are none.</summary>
    public Untrusted Or(string otherwise) => IsEmpty ? otherwise : this;

    public IReadOnlyList<Untrusted> Lines => [.. (words ?? "").ReplaceLineEndings("\n").Split('\n').Select(line => new Untrusted(line))];

    /// <summary>
    /// Who wrote: the address first, which we know; the name after it, which anybody can make up. An address stays as it is, to be
    /// copied, unless its first half looks like a link of its own.
    /// </summary>
    internal static string Sender(string address, Untrusted name)
    {
        var given = (name.words ?? "").Trim();
        return given.Length == 0 || given.Equals(address, StringComparison.OrdinalIgnoreCase)
            ? Address(address)
            : $"{Address(address)}, who signs as “{new Untrusted(given)}”";
    }

    internal static string Address(string address) => PlainAddress().IsMatch(address) ? address : new Untrusted(address).ToString();

    /// <summary>Without anything that could become a link.</summary>
    public override string ToString()
    {
        var seen = string.Concat((words ?? "").Where(c => !IsHidden(c)));
        var harmless = Scheme().Replace(seen, "$1[:]");
        harmless = Http().Replace(harmless, "$1xx$2");
        harmless = Share().Replace(harmless, "[$&]");
        harmless = At().Replace(harmless, "[@]");
        return Dot().Replace(harmless, "[.]");
    }

    // What nobody sees, and what would therefore hide an address from the rules below and not from the reader's program. The marks
    // that turn the direction are left to the encoder, which puts a blank in their place.
    private static bool IsHidden(char c) =>
        (char.GetUnicodeCategory(c) == UnicodeCategory.Format
            && c is not (>= '\u202A' and <= '\u202E') and not (>= '\u2066' and <= '\u2069'))
        || c is '\u034F' or '\u115F' or '\u1160' or '\u3164' or '\uFFA0' or (>= '\uFE00' and <= '\uFE0F');

    [GeneratedRegex(@"^(?!www\.)[A-Za-z0-9._+\-']{1,64}@[A-Za-z0-9.\-]+\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PlainAddress();

    /// <summary>A word and a colon with something right behind it: a scheme, whether a program knows it or not.</summary>
    [GeneratedRegex(@"(\p{L}[\p{L}\p{N}+.\-]{0,30})[:\uFF1A\uFE55\uA789\u2236](?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(
        @"([h\uFF48\uFF28])[t\uFF54\uFF34]{2}([p\uFF50\uFF30][s\uFF53\uFF33]?\[:\])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Http();

    /// <summary>A share on a network, which Outlook makes a link of.</summary>
    [GeneratedRegex(@"[\\\uFF3C]{2,}(?=[^\s\]])", RegexOptions.CultureInvariant)]
    private static partial Regex Share();

    [GeneratedRegex(@"(?<=[^\s\[])[@\uFF20\uFE6B](?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex At();

    /// <summary>A full stop of any script within a word; those within numbers stay.</summary>
    [GeneratedRegex(
        @"(?<=[\p{L}\p{M}])[.\u3002\uFF0E\uFF61\u2024\uFE52](?=[\p{L}\p{M}\p{N}])|"
            + @"(?<=[\p{N}_\-\)\]%])[.\u3002\uFF0E\uFF61\u2024\uFE52](?=[\p{L}\p{M}])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Dot();
}
