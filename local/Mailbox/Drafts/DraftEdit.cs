using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalMailbox.Graph;
using LocalMailbox.Mail;
using MimeKit;

namespace LocalMailbox.Drafts;

/// <summary>Writes a message's JSON into its MIME, with the limits that Graph sets.</summary>
internal static partial class DraftEdit
{
    private const int MaxCustomHeaders = 5;

    private static readonly string[] ContentProperties =
    [
        "subject", "body", "toRecipients", "ccRecipients", "bccRecipients", "replyTo", "from", "sender", "importance", "internetMessageId",
        "internetMessageHeaders", "attachments",
    ];

    /// <summary>MAPI properties that become headers: the way to set the headers that Graph has no property for.</summary>
    private static readonly Dictionary<string, string> MappedProperties = new(StringComparer.OrdinalIgnoreCase)
    {
        ["String 0x1035"] = "Message-ID",
        ["String 0x1039"] = "References",
        ["String 0x1042"] = "In-Reply-To",
    };

    public static bool IsForDraftsOnly(JsonObject patch) => ContentProperties.Any(patch.ContainsKey);

    /// <summary>Extended properties may be headers in a draft; on any other message they are marks.</summary>
    public static bool TouchesContent(JsonObject patch) => IsForDraftsOnly(patch) || patch.ContainsKey("singleValueExtendedProperties");

    public static MimeMessage New(string mailbox, DateTimeOffset now)
    {
        var mime = new MimeMessage { Date = now, MessageId = NewMessageId(mailbox), Body = new TextPart("plain") { Text = "" } };
        mime.From.Add(new MailboxAddress(null, mailbox));
        return mime;
    }

    public static string NewMessageId(string mailbox) => $"{Guid.NewGuid():N}@{mailbox[(mailbox.LastIndexOf('@') + 1)..]}";

    /// <param name="isNew">Custom headers can be given only when a message is made.</param>
    public static void Apply(MimeMessage mime, JsonObject patch, string mailbox, bool isNew)
    {
        if (patch.ContainsKey("subject"))
            mime.Subject = patch.Text("subject") ?? "";
        Recipients(mime.To, patch, "toRecipients");
        Recipients(mime.Cc, patch, "ccRecipients");
        Recipients(mime.Bcc, patch, "bccRecipients");
        Recipients(mime.ReplyTo, patch, "replyTo");
        Sender(mime, patch, mailbox);
        if (patch.Text("importance") is { } importance)
            mime.Importance = Enum.TryParse<MessageImportance>(importance, ignoreCase: true, out var parsed)
                ? parsed
                : throw GraphException.Invalid("Unknown importance.");
        if (patch.Text("internetMessageId") is { } messageId)
            mime.Headers.Replace(HeaderId.MessageId, messageId);
        CustomHeaders(mime, patch, isNew);
        ExtendedProperties(mime, patch);
        DraftBody.Apply(mime, patch);
    }

    private static void Recipients(InternetAddressList list, JsonObject patch, string name)
    {
        if (!patch.ContainsKey(name))
            return;
        list.Clear();
        foreach (var recipient in patch.Objects(name) ?? [])
            list.Add(Address(recipient));
    }

    private static MailboxAddress Address(JsonObject recipient)
    {
        var address = recipient.Object("emailAddress")?.Text("address")?.Trim() ?? "";
        if (!PlausibleAddress().IsMatch(address))
            throw GraphException.BadRequest("ErrorInvalidRecipients", "At least one recipient is not valid.");
        var name = recipient.Object("emailAddress")?.Text("name");
        return new MailboxAddress(name == address ? null : name, address);
    }

    private static void Sender(MimeMessage mime, JsonObject patch, string mailbox)
    {
        foreach (var party in new[] { patch.Object("from"), patch.Object("sender") }.OfType<JsonObject>())
        {
            var address = Address(party);
            if (!address.Address.Equals(mailbox, StringComparison.OrdinalIgnoreCase))
                throw new GraphException(
                    403,
                    "ErrorSendAsDenied",
                    "The user account which was used to submit this request does not have the right to send mail on behalf of the "
                        + "specified sending account.");
            mime.From.Clear();
            mime.From.Add(address);
        }
    }

    private static void CustomHeaders(MimeMessage mime, JsonObject patch, bool isNew)
    {
        var headers = patch.Objects("internetMessageHeaders")?.ToList();
        if (headers is null)
            return;
        if (!isNew)
            throw GraphException.BadRequest(
                "ErrorInvalidPropertySet", "internetMessageHeaders can be set only when the message is created.");
        if (headers.Count > MaxCustomHeaders)
            throw GraphException.BadRequest(
                "InvalidInternetMessageHeaderCollection", "Maximum number of headers in one message should be less than or equal to 5.");
        foreach (var header in headers)
        {
            var name = header.Text("name") ?? "";
            if (!CustomHeaderName().IsMatch(name))
                throw GraphException.BadRequest(
                    "InvalidInternetMessageHeader", $"The internet message header name '{name}' should start with 'x-' or 'X-'.");
            mime.Headers.Add(name, header.Text("value") ?? "");
        }
    }

    private static void ExtendedProperties(MimeMessage mime, JsonObject patch)
    {
        foreach (var property in patch.Objects("singleValueExtendedProperties") ?? [])
        {
            var id = property.Text("id") ?? "";
            var header = MappedProperties.GetValueOrDefault(id)
                ?? (InternetHeaderProperty().Match(id) is { Success: true } named ? named.Groups[1].Value : null);
            if (header is not null)
                mime.Headers.Replace(header, property.Text("value") ?? "");
        }
    }

    [GeneratedRegex(@"^[^\s@<>(),;:""\\\[\]]+@[^\s@<>(),;:""\\]+$")]
    private static partial Regex PlausibleAddress();

    [GeneratedRegex("^[xX]-[!-9;-~]+$")]
    private static partial Regex CustomHeaderName();

    [GeneratedRegex(@"^String \{00020386-0000-0000-C000-000000000046\} Name ([!-9;-~]+)$", RegexOptions.IgnoreCase)]
    private static partial Regex InternetHeaderProperty();
}
