using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace LocalMailbox.Mail;

/// <summary>What the sender wrote this time: the body without the history that mail programs quote below it.</summary>
internal static partial class UniqueBody
{
    private const string Quotes = ".gmail_quote, .gmail_extra, blockquote[type=cite], .yahoo_quoted, .moz-cite-prefix, #divRplyFwdMsg, "
        + "#appendonsend, .quoted-history";

    public static string Of(string body, bool isHtml) => isHtml ? OfHtml(body) : OfText(body);

    private static string OfHtml(string html)
    {
        var document = new HtmlParser().ParseDocument(html);
        if (document.QuerySelector("#appendonsend, #divRplyFwdMsg") is { } outlook)
            RemoveFollowing(outlook);
        foreach (var quote in document.QuerySelectorAll(Quotes).ToList())
            quote.Remove();
        return document.DocumentElement.OuterHtml;
    }

    private static void RemoveFollowing(IElement element)
    {
        while (element.NextSibling is { } next)
            next.RemoveFromParent();
    }

    private static string OfText(string text)
    {
        var history = History().Match(text);
        var own = history.Success ? text[..history.Index] : text;
        var lines = own.Split('\n').Where(line => !line.StartsWith('>'));
        return string.Join('\n', lines).TrimEnd();
    }

    [GeneratedRegex(
        @"^(?:-{2,}\s*Original Message\s*-{2,}|_{20,}|On .{5,200}wrote:|From: .+\r?\n(?:Sent|Date): )",
        RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex History();
}
