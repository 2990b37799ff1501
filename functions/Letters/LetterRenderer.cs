using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Letters;

/// <summary>Puts a letter's fields into its two templates.</summary>
public static partial class LetterRenderer
{
    private const int MaxSubject = 150;
    private static readonly TemplateSet Html = new(typeof(Letter).Namespace!, ".html", FieldEncoder.Html);
    private static readonly TemplateSet Text = new(typeof(Letter).Namespace!, ".text", FieldEncoder.Text);

    public static RenderedLetter Render(Letter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return new RenderedLetter(Subject(letter), Html.Fill(letter), Tidy(Text.Fill(letter)));
    }

    private static string Subject(Letter letter)
    {
        var subject = FieldEncoder.Flatten($"[{letter.Case}] {letter.SubjectLine}");
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
public sealed record RenderedLetter(string Subject, string Html, string Text);
