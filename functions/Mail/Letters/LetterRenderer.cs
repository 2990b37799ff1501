using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Mail.Letters;

/// <summary>Puts a letter's fields into its two templates.</summary>
public sealed partial class LetterRenderer(ContactDetails contacts)
{
    private const int MaxSubject = 150;
    private readonly TemplateSet html = new(typeof(Letter).Namespace!, ".html", FieldEncoder.Html, contacts);
    private readonly TemplateSet text = new(typeof(Letter).Namespace!, ".text", FieldEncoder.Text, contacts);

    public RenderedLetter Render(Letter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return new RenderedLetter(Subject(letter), html.Fill(letter), Tidy(text.Fill(letter))) { Codes = letter.Codes };
    }

    private static string Subject(Letter letter)
    {
        var subject = FieldEncoder.Flatten($"[{letter.Heading}] {letter.SubjectLine}");
        return subject.Length <= MaxSubject ? subject : subject[..(MaxSubject - 1)] + "…";
    }

    /// <summary>Takes away the empty lines that tags leave behind.</summary>
    private static string Tidy(string text) => EmptyLines().Replace(LineEnds().Replace(text, "\n"), "\n\n").Trim() + "\n";

    [GeneratedRegex(@"[ \t]+\n")]
    private static partial Regex LineEnds();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex EmptyLines();
}

/// <param name="Subject">One line of at most 150 characters that starts with the case number in brackets.</param>
/// <param name="Html">A whole HTML document with inline styles.</param>
/// <param name="Text">The same in plain text, with LF line ends.</param>
public sealed record RenderedLetter(string Subject, string Html, string Text)
{
    /// <summary>Codes that it holds, which are not kept.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Without its words: it holds secrets.</summary>
    public override string ToString() => nameof(RenderedLetter);
}
