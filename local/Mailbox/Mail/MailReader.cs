using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Utils;

namespace LocalMailbox.Mail;

/// <summary>Reads whatever the internet delivers. Broken MIME is read as far as it goes; nothing is refused.</summary>
internal static partial class MailReader
{
    public static MailContent Read(byte[] mime, DateTimeOffset now)
    {
        var message = Load(mime);
        var html = message.HtmlBody;
        var body = html is null ? message.TextBody ?? "" : HtmlBody.Sanitise(html);
        return new MailContent(
            message.Subject ?? "",
            MessageIdOf(message),
            message.Date == DateTimeOffset.MinValue ? now : message.Date.ToUniversalTime(),
            EnvelopeOf(message),
            ThreadOf(message),
            ImportanceOf(message),
            AttachmentsOf(message).Any(part => !IsInline(part)),
            html is not null,
            body,
            PreviewOf(html is null ? body : HtmlBody.ToText(body)),
            mime);
    }

    public static MimeMessage Load(byte[] mime)
    {
        try
        {
            return MimeMessage.Load(new MemoryStream(mime, writable: false), persistent: true);
        }
        catch (FormatException)
        {
            // No header at all: the person reading still sees what came.
            var message = new MimeMessage { Body = new TextPart("plain") { Text = Encoding.Latin1.GetString(mime) } };
            message.Headers.Clear();
            return message;
        }
    }

    /// <summary>Everything that is not the text a person reads first.</summary>
    public static IEnumerable<MimeEntity> AttachmentsOf(MimeMessage message) =>
        message.BodyParts.Where(part => part.IsAttachment || part is not TextPart { IsPlain: true } and not TextPart { IsHtml: true });

    public static bool IsInline(MimeEntity part) =>
        !part.IsAttachment && (part.ContentId is not null || part.ContentDisposition?.Disposition == ContentDisposition.Inline);

    private static string MessageIdOf(MimeMessage message)
    {
        var raw = message.Headers[HeaderId.MessageId]?.Trim();
        if (string.IsNullOrEmpty(raw))
            return $"<{Guid.NewGuid():N}@generated.localhost>";
        return message.MessageId is { Length: > 0 } parsed ? $"<{parsed}>" : raw;
    }

    private static Envelope EnvelopeOf(MimeMessage message)
    {
        var from = FromOf(message);
        return new Envelope(
            from,
            message.Sender is { } sender ? Of(sender) : from,
            All(message.ReplyTo),
            All(message.To),
            All(message.Cc),
            All(message.Bcc));
    }

    /// <summary>
    /// Exchange shows the sender's address as it stands in the header, also where no standard allows it, and leaves an encoded domain so.
    /// </summary>
    private static Party? FromOf(MimeMessage message)
    {
        var raw = message.Headers[HeaderId.From] ?? "";
        if (message.From.Mailboxes.FirstOrDefault() is { } from)
            return raw.Contains("xn--", StringComparison.OrdinalIgnoreCase)
                ? Of(from)! with { Address = from.GetAddress(idnEncode: true) }
                : Of(from);
        return LooseAddress().Match(raw) is { Success: true } loose
            ? new Party(raw[..loose.Index].Trim(' ', '<', '"') is { Length: > 0 } name ? name : null, loose.Value)
            : null;
    }

    private static Party? Of(MailboxAddress? address) =>
        address is null ? null : new Party(string.IsNullOrWhiteSpace(address.Name) ? null : address.Name, address.Address);

    private static List<Party> All(InternetAddressList list) => [.. list.Mailboxes.Select(address => Of(address)!)];

    private static List<string> ThreadOf(MimeMessage message)
    {
        var answered = MimeUtils.EnumerateReferences(message.Headers[HeaderId.InReplyTo] ?? "");
        return [.. message.References.Concat(answered).Distinct()];
    }

    private static string ImportanceOf(MimeMessage message) => message.Importance switch
    {
        MessageImportance.High => "high",
        MessageImportance.Low => "low",
        _ => "normal",
    };

    [GeneratedRegex(@"[^\s<>,;:""()]+@[^\s<>,;:""()@]+")]
    private static partial Regex LooseAddress();

    private static string PreviewOf(string text)
    {
        // Only the start is looked at: a preview of a 20 MB text need not read it all.
        var words = text[..Math.Min(text.Length, 4_096)].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var line = string.Join(' ', words);
        return line.Length <= 255 ? line : line[..255];
    }
}
