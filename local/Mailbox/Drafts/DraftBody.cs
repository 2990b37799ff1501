using System.Text.Json.Nodes;
using LocalMailbox.Graph;
using LocalMailbox.Mail;
using MimeKit;

namespace LocalMailbox.Drafts;

/// <summary>The body and the attachments of a message being written.</summary>
internal static class DraftBody
{
    /// <summary>One POST takes less than this many bytes of a file; more goes through an upload session.</summary>
    public const int MaxInOnePost = 3 * 1024 * 1024;

    public static void Apply(MimeMessage mime, JsonObject patch)
    {
        var added = (patch.Objects("attachments") ?? []).Select(Attachment).ToList();
        if (patch.Object("body") is { } body)
            Compose(mime, body.Text("content") ?? "", IsHtml(body), [.. MailReader.AttachmentsOf(mime), .. added]);
        else if (added.Count > 0)
            Add(mime, added);
    }

    public static void Compose(MimeMessage mime, string content, bool isHtml, IReadOnlyList<MimeEntity> attachments)
    {
        var builder = new BodyBuilder();
        if (isHtml)
            builder.HtmlBody = content;
        builder.TextBody = isHtml ? HtmlBody.ToText(content) : content;
        foreach (var part in attachments)
        {
            if (isHtml && MailReader.IsInline(part))
                builder.LinkedResources.Add(part);
            else
                builder.Attachments.Add(part);
        }
        mime.Body = builder.ToMessageBody();
    }

    /// <summary>Puts files beside the body without touching it.</summary>
    public static void Add(MimeMessage mime, IEnumerable<MimeEntity> attachments)
    {
        if (mime.Body is not Multipart { ContentType.MediaSubtype: "mixed" } mixed)
        {
            mixed = new Multipart("mixed");
            if (mime.Body is { } body)
                mixed.Add(body);
            mime.Body = mixed;
        }
        foreach (var attachment in attachments)
            mixed.Add(attachment);
    }

    public static MimeEntity Attachment(JsonObject json)
    {
        if (json.Text("@odata.type") is { } type && !type.EndsWith("fileAttachment", StringComparison.OrdinalIgnoreCase))
            throw GraphException.Invalid("The local mailbox attaches files only.");
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(json.Text("contentBytes") ?? "");
        }
        catch (FormatException)
        {
            throw GraphException.BadRequest("RequestBodyRead", "contentBytes is not base64.");
        }
        if (bytes.Length > MaxInOnePost)
            throw GraphErrors.TooLarge();
        return Attachment(
            json.Text("name") ?? "attachment", json.Text("contentType"), bytes, json.Truth("isInline") ?? false, json.Text("contentId"));
    }

    public static MimeEntity Attachment(string name, string? contentType, byte[] bytes, bool isInline, string? contentId)
    {
        var type = MimeKit.ContentType.TryParse(contentType ?? MimeTypes.GetMimeType(name), out var parsed)
            ? parsed
            : new ContentType("application", "octet-stream");
        return new MimePart(type)
        {
            Content = new MimeContent(new MemoryStream(bytes)),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(isInline ? ContentDisposition.Inline : ContentDisposition.Attachment),
            FileName = name,
            ContentId = contentId,
        };
    }

    private static bool IsHtml(JsonObject body) => string.Equals(body.Text("contentType"), "html", StringComparison.OrdinalIgnoreCase);
}
