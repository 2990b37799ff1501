using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using HandlebarsDotNet;
using Spectrum.PrivacyFlows.Bundles.Pages;

namespace Spectrum.PrivacyFlows.Templates;

/// <summary>How a field is written into a template: always as one line, and into HTML always encoded.</summary>
internal sealed class FieldEncoder : ITextEncoder
{
    private readonly TextEncoder? encoder;

    private FieldEncoder(TextEncoder? encoder) => this.encoder = encoder;

    public static FieldEncoder Html { get; } = new(System.Text.Encodings.Web.HtmlEncoder.Create(UnicodeRanges.All));

    public static FieldEncoder Text { get; } = new(null);

    /// <summary>
    /// Control characters and line breaks become spaces, so that a field cannot add a line of its own,
    /// and so do the marks that reverse the direction of what follows.
    /// </summary>
    public static string Flatten(string text)
    {
        var flat = new StringBuilder(text.Length);
        foreach (var c in text)
            flat.Append(BreaksTheLine(c) ? ' ' : c);
        return flat.ToString();
    }

    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode(string? text, TextWriter target)
    {
        if (!string.IsNullOrEmpty(text))
            target.Write(encoder is null ? Flatten(text) : encoder.Encode(Flatten(text)));
    }

    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        var whole = new StringBuilder();
        while (text?.MoveNext() == true)
            whole.Append(text.Current);
        Encode(whole.ToString(), target);
    }

    private static bool BreaksTheLine(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ||
        c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
