using System.Text.RegularExpressions;
using LocalMailbox.Drafts;
using MimeKit;

namespace LocalMailbox.Web;

/// <summary>Pictures that a mail carries within it, put into its HTML, since the frame that shows it may fetch nothing.</summary>
internal static partial class InlineImages
{
    public static string Embed(string html, Func<MimeMessage> load)
    {
        if (!html.Contains("cid:", StringComparison.OrdinalIgnoreCase))
            return html;
        var images = load().BodyParts.OfType<MimePart>()
            .Where(part => part.ContentId is not null && part.ContentType.IsMimeType("image", "*"))
            .ToList();
        return ContentId().Replace(html, match =>
            images.Find(part => part.ContentId == Uri.UnescapeDataString(match.Groups[1].Value)) is { } image
                ? $"\"data:{image.ContentType.MimeType};base64,{Convert.ToBase64String(AttachmentEndpoints.Bytes(image))}\""
                : match.Value);
    }

    [GeneratedRegex("\"cid:([^\"]+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex ContentId();
}
