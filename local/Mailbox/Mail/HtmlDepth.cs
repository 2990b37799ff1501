using MimeKit.Text;

namespace LocalMailbox.Mail;

/// <summary>
/// How deep elements stand in one another. A parser and a sanitiser walk up and down the whole depth for each element, so a mail that is
/// nested without end takes them minutes; this looks at each tag once.
/// </summary>
internal static class HtmlDepth
{
    /// <summary>No mail that people write comes near it: mail programs give up well before.</summary>
    public const int Most = 500;

    /// <summary>Longer than any letter; a picture within the HTML may make it so long.</summary>
    public const int MostCharacters = 16 << 20;

    /// <summary>Whether the HTML is so long or so deep that only its words are kept.</summary>
    public static bool IsTooMuch(string html) => html.Length > MostCharacters || IsTooDeep(html);

    /// <summary>The words, line by line, however they are nested.</summary>
    public static string Words(string html)
    {
        var words = new System.Text.StringBuilder();
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (words.Length < MostCharacters && tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag && BreaksTheLine(tag.Id) && words.Length > 0 && words[^1] != '\n')
                words.Append('\n');
            else if (token is HtmlDataToken data && token.Kind is HtmlTokenKind.Data)
                words.Append(data.Data);
        }
        return words.ToString();
    }

    private static bool BreaksTheLine(HtmlTagId tag) => tag is
        HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.BlockQuote or HtmlTagId.TR or HtmlTagId.LI;

    private static bool IsTooDeep(string html)
    {
        var depth = 0;
        var tokenizer = new HtmlTokenizer(new StringReader(html));
        while (tokenizer.ReadNextToken(out var token))
        {
            if (token is not HtmlTagToken tag || EndsByItself(tag))
                continue;
            depth = tag.IsEndTag ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > Most)
                return true;
        }
        return false;
    }

    // Those that have no end, and those whose end may be left away, so that a mail may have thousands of them and be flat.
    private static bool EndsByItself(HtmlTagToken tag) => tag.IsEmptyElement || tag.Id is
        HtmlTagId.Area or HtmlTagId.Base or HtmlTagId.Br or HtmlTagId.Col or HtmlTagId.HR or HtmlTagId.Image or HtmlTagId.Input or
        HtmlTagId.Link or HtmlTagId.Meta or HtmlTagId.Param or HtmlTagId.P or HtmlTagId.LI or HtmlTagId.TR or HtmlTagId.TD or
        HtmlTagId.TH or HtmlTagId.DT or HtmlTagId.DD or HtmlTagId.Option;
}
