using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace LocalMailbox.Mail;

/// <summary>HTML of mails: made harmless as Exchange does, turned into text, made from text.</summary>
internal static class HtmlBody
{
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "P", "DIV", "TR", "LI", "H1", "H2", "H3", "H4", "H5", "H6", "TABLE", "UL", "OL", "BLOCKQUOTE", "PRE", "HR", "SECTION", "HEADER",
        "FOOTER", "ARTICLE",
    };

    /// <summary>
    /// Scripts, handlers, forms and script addresses go; the look stays, unless it is nested without end. Returns a whole document.
    /// </summary>
    public static string Sanitise(string html)
    {
        if (HtmlDepth.IsTooMuch(html))
            return FromText(HtmlDepth.Words(html));
        var sanitiser = new HtmlSanitizer();
        sanitiser.AllowedTags.UnionWith(["html", "head", "body", "meta", "title", "style"]);
        sanitiser.AllowedTags.ExceptWith(
            ["form", "input", "button", "select", "textarea", "option", "optgroup", "keygen", "fieldset", "datalist"]);
        sanitiser.AllowedAttributes.UnionWith(["class", "id", "lang", "dir", "role", "charset", "name", "content", "type"]);
        sanitiser.AllowedSchemes.UnionWith(["cid", "data", "mailto", "tel"]);
        sanitiser.AllowDataAttributes = false;
        return sanitiser.SanitizeDocument(html);
    }

    /// <summary>The words of the document with line breaks where its blocks end; the address of a link follows its words.</summary>
    public static string ToText(string html)
    {
        if (HtmlDepth.IsTooMuch(html))
            return HtmlDepth.Words(html);
        var document = new HtmlParser().ParseDocument(html);
        var text = new StringBuilder();
        if (document.Body is { } body)
            Write(body, text);
        var lines = text.ToString().Split('\n').Select(line => line.Trim());
        return string.Join("\r\n", CollapseBlank(lines)).Trim();
    }

    /// <summary>Text as the HTML that Exchange makes of it.</summary>
    public static string FromText(string text)
    {
        var lines = WebUtility.HtmlEncode(text).ReplaceLineEndings("<br>\r\n");
        return "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>\r\n"
            + $"<div class=\"PlainText\">{lines}</div>\r\n</body></html>";
    }

    /// <summary>A sanitised document with more in its head.</summary>
    public static string WithHead(string document, string head)
    {
        var start = document.IndexOf("<head>", StringComparison.OrdinalIgnoreCase);
        return start < 0 ? head + document : document.Insert(start + "<head>".Length, head);
    }

    /// <summary>What is inside the document's body, to stand within another.</summary>
    public static string Inner(string html) => new HtmlParser().ParseDocument(html).Body?.InnerHtml ?? "";

    private static void Write(INode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText words)
                WriteWords(words.Data, text);
            else if (child is IElement element)
                WriteElement(element, text);
        }
    }

    private static void WriteElement(IElement element, StringBuilder text)
    {
        if (element.TagName is "STYLE" or "SCRIPT" or "HEAD" or "TITLE")
            return;
        var isBlock = Blocks.Contains(element.TagName);
        if (element.TagName == "BR" || (isBlock && text.Length > 0 && text[^1] != '\n'))
            text.Append('\n');
        Write(element, text);
        if (element.TagName is "TD" or "TH")
            text.Append(' ');
        if (element.TagName == "A"
                && element.GetAttribute("href") is { } href
                && href.StartsWith("http", StringComparison.OrdinalIgnoreCase)
                && !element.TextContent.Contains(href, StringComparison.Ordinal))
            text.Append(" <").Append(href).Append('>');
        if (isBlock)
            text.Append(element.TagName is "P" or "H1" or "H2" or "H3" or "TABLE" or "BLOCKQUOTE" ? "\n\n" : "\n");
    }

    private static void WriteWords(string data, StringBuilder text)
    {
        var words = string.Join(' ', data.Split([' ', '\t', '\r', '\n', '\f'], StringSplitOptions.RemoveEmptyEntries));
        var startsNew = text.Length == 0 || char.IsWhiteSpace(text[^1]);
        if (data.Length > 0 && char.IsWhiteSpace(data[0]) && !startsNew)
            text.Append(' ');
        text.Append(words);
        if (words.Length > 0 && char.IsWhiteSpace(data[^1]))
            text.Append(' ');
    }

    private static IEnumerable<string> CollapseBlank(IEnumerable<string> lines)
    {
        var blank = false;
        foreach (var line in lines)
        {
            if (line.Length > 0 || !blank)
                yield return line;
            blank = line.Length == 0;
        }
    }
}
