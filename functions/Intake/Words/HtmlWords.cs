using System.Text;
using System.Text.RegularExpressions;
using MimeKit.Text;

namespace Spectrum.PrivacyFlows.Intake.Words;

/// <summary>
/// The words of an HTML message, line by line. What is quoted from another message is marked with <c>&gt;</c>, as in plain text; what
/// is only indented is not, though programs write both as <c>blockquote</c>. What nobody sees is left out.
/// </summary>
internal static partial class HtmlWords
{
    public static string Of(string html, int longest)
    {
        var words = new StringBuilder();
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        var (quotes, hidden) = (new Quotes(), new Hidden());
        while (words.Length < longest && tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag && !hidden.Take(tag))
            {
                quotes.Take(tag);
                if (IsLineBreak(tag.Id))
                    words.Append('\n').Append('>', quotes.IsQuoted ? 1 : 0);
            }
            else if (token is HtmlDataToken data && token.Kind is HtmlTokenKind.Data && !hidden.IsHidden)
                words.Append(string.Join(' ', data.Data.Split('\n', '\r', '\t')));
        }
        return words.ToString();
    }

    private static bool IsLineBreak(HtmlTagId tag) => tag is
        HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.LI or HtmlTagId.TR or HtmlTagId.TD or HtmlTagId.BlockQuote or
        HtmlTagId.HR or HtmlTagId.Title or
        HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.H5 or HtmlTagId.H6 or HtmlTagId.UL or HtmlTagId.OL or
        HtmlTagId.Table or HtmlTagId.Pre;

    private static string Attribute(HtmlTagToken tag, HtmlAttributeId name) =>
        tag.Attributes.FirstOrDefault(attribute => attribute.Id == name)?.Value ?? "";

    /// <summary>Which of the open blockquotes quote.</summary>
    private sealed class Quotes
    {
        // Deeper ones count as the hundredth: nobody writes them, and a stack may not grow with the message.
        private const int Deepest = 100;
        private readonly Stack<bool> open = new();
        private int deeper;
        private int quoting;

        public bool IsQuoted => quoting > 0;

        public void Take(HtmlTagToken tag)
        {
            if (tag.Id != HtmlTagId.BlockQuote)
                return;
            if (tag.IsEndTag)
                End();
            else if (open.Count == Deepest)
                deeper++;
            else
            {
                open.Push(!IsIndentation(tag));
                quoting += open.Peek() ? 1 : 0;
            }
        }

        private void End()
        {
            if (deeper > 0)
                deeper--;
            else if (open.TryPop(out var quoted))
                quoting -= quoted ? 1 : 0;
        }

        /// <summary>Gmail, Apple Mail and Outlook write a step of indentation as a blockquote with a margin and without a border.</summary>
        private static bool IsIndentation(HtmlTagToken tag)
        {
            var isCited = tag.Attributes.Any(attribute => attribute.Id is HtmlAttributeId.Cite || attribute.Name is "type")
                || Attribute(tag, HtmlAttributeId.Class).Contains("quote", StringComparison.OrdinalIgnoreCase);
            return !isCited && NoBorder().IsMatch(Attribute(tag, HtmlAttributeId.Style));
        }
    }

    /// <summary>Elements that are not displayed, with all that they hold, and the code of styles and scripts.</summary>
    private sealed class Hidden
    {
        private HtmlTagId? element;
        private int depth;

        public bool IsHidden => element is not null;

        /// <returns>Whether the tag belongs to what is hidden.</returns>
        public bool Take(HtmlTagToken tag)
        {
            if (element is null)
            {
                if (tag.IsEndTag || tag.IsEmptyElement || IsVoid(tag.Id) || !Hides(tag))
                    return false;
                (element, depth) = (tag.Id, 1);
            }
            else if (tag.Id == element && !tag.IsEmptyElement)
            {
                depth += tag.IsEndTag ? -1 : 1;
                if (depth == 0)
                    element = null;
            }
            return true;
        }

        private static bool Hides(HtmlTagToken tag) =>
            tag.Id is HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Title
            || NotDisplayed().IsMatch(Attribute(tag, HtmlAttributeId.Style));

        private static bool IsVoid(HtmlTagId tag) => tag is
            HtmlTagId.Br or HtmlTagId.HR or HtmlTagId.Image or HtmlTagId.Input or HtmlTagId.Meta or HtmlTagId.Link or HtmlTagId.Col;
    }

    [GeneratedRegex(@"border(-left|-style|-width)?\s*:\s*(none|0)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoBorder();

    [GeneratedRegex(@"(display\s*:\s*none|visibility\s*:\s*hidden)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotDisplayed();
}
