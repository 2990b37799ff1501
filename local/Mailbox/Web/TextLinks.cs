using System.Net;
using System.Text.RegularExpressions;

namespace LocalMailbox.Web;

/// <summary>Plain text as HTML, its web addresses clickable.</summary>
internal static partial class TextLinks
{
    public static string Html(string text)
    {
        var html = new System.Text.StringBuilder();
        var done = 0;
        foreach (Match match in Address().Matches(text))
        {
            var link = WebUtility.HtmlEncode(match.Value);
            html.Append(WebUtility.HtmlEncode(text[done..match.Index]))
                .Append("<a href=\"").Append(link).Append("\" target=\"_blank\" rel=\"noopener noreferrer\">").Append(link).Append("</a>");
            done = match.Index + match.Length;
        }
        return html.Append(WebUtility.HtmlEncode(text[done..])).ToString();
    }

    /// <summary>Up to the space; a closing mark after an address belongs to the sentence.</summary>
    [GeneratedRegex("""https?://[^\s<>"']*[^\s<>"'.,;:!?)\]]""", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
