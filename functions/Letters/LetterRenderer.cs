using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Fluid;
using Fluid.Values;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Letters;

/// <summary>Puts a letter's fields into its two templates and each of these into its layout.</summary>
public static partial class LetterRenderer
{
    private const int MaxSubject = 150;
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    public static RenderedLetter Render(Letter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var subject = Subject(letter);
        return new RenderedLetter(
            subject,
            Fill(letter, subject, ".html", Html),
            Tidy(Fill(letter, subject, ".text", NullEncoder.Default)));
    }

    private static string Subject(Letter letter)
    {
        var subject = TemplateFields.Flatten($"[{letter.Case}] {letter.SubjectLine}");
        return subject.Length <= MaxSubject ? subject : subject[..(MaxSubject - 1)] + "…";
    }

    /// <summary>Layout and letter share one context: the letter assigns <c>summary</c>, which the layout shows where an inbox previews it.</summary>
    private static string Fill(Letter letter, string subject, string kind, TextEncoder encoder)
    {
        var context = new TemplateContext(letter, TemplateFields.Options);
        context.SetValue("subject_line", subject);
        var body = TemplateLibrary.Find(letter.GetType().FullName + kind).Render(context, encoder);
        context.SetValue("body", new StringValue(body, encode: false));
        return TemplateLibrary.Find(typeof(LetterRenderer).Namespace + ".layout" + kind).Render(context, encoder);
    }

    /// <summary>Takes away the empty lines that tags leave behind.</summary>
    private static string Tidy(string text) => EmptyLines().Replace(LineEnds().Replace(text, "\n"), "\n\n").Trim() + "\n";

    [GeneratedRegex(@"[ \t]+\n")]
    private static partial Regex LineEnds();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex EmptyLines();
}
