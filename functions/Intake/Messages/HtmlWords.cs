using System.Text;
using MimeKit.Text;
using Spectrum.PrivacyFlows.Intake.Understanding;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>
/// The words of an HTML message, line by line. What is quoted from another message is marked with <c>&gt;</c>, as in plain text.
/// </summary>
internal static class HtmlWords
{
    public static string Of(string html)
    {
        var words = new StringBuilder();
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        var quoted = 0;
        while (words.Length < Reading.MaxCharacters && tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
                quoted = Math.Max(0, quoted + Depth(tag));
            if (token is HtmlTagToken { Id: var id } && IsLineBreak(id))
                words.Append('\n').Append('>', Math.Min(quoted, 1));
            else if (token is HtmlDataToken data && token.Kind is HtmlTokenKind.Data)
                words.Append(string.Join(' ', data.Data.Split('\n', '\r', '\t')));
        }
        return words.ToString();
    }

    private static int Depth(HtmlTagToken tag) => tag.Id != HtmlTagId.BlockQuote ? 0 : tag.IsEndTag ? -1 : 1;

    private static bool IsLineBreak(HtmlTagId tag) => tag is
        HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.LI or HtmlTagId.TR or HtmlTagId.TD or HtmlTagId.BlockQuote or
        HtmlTagId.HR or HtmlTagId.Title or
        HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.H5 or HtmlTagId.H6 or HtmlTagId.UL or HtmlTagId.OL or
        HtmlTagId.Table or HtmlTagId.Pre;
}
