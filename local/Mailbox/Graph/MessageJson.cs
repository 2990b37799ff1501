using System.Globalization;
using System.Text.Json.Nodes;
using LocalMailbox.Mail;
using LocalMailbox.Store;

namespace LocalMailbox.Graph;

/// <summary>A message as Graph writes it.</summary>
internal static class MessageJson
{
    /// <summary>Every property of a message. Those that cost reading the MIME come only when selected, as in Graph.</summary>
    private static readonly Dictionary<string, Func<StoredMessage, GraphRequest, MailStore, JsonNode?>> Properties = new(
        StringComparer.OrdinalIgnoreCase)
    {
        ["createdDateTime"] = (message, _, _) => Date(message.Created),
        ["lastModifiedDateTime"] = (message, _, _) => Date(message.Modified),
        ["changeKey"] = (message, _, _) => ChangeKey(message),
        ["categories"] = (message, _, _) => new JsonArray([.. message.Categories.Select(category => (JsonNode)category)]),
        ["receivedDateTime"] = (message, _, _) => Date(message.Received),
        ["sentDateTime"] = (message, _, _) => Date(message.Sent),
        ["hasAttachments"] = (message, _, _) => message.HasAttachments,
        ["internetMessageId"] = (message, _, _) => message.MessageId,
        ["subject"] = (message, _, _) => message.Subject,
        ["bodyPreview"] = (message, _, _) => message.Preview,
        ["importance"] = (message, _, _) => message.Importance,
        ["parentFolderId"] = (message, _, _) => MailFolders.Id(message.Folder, message.Mailbox),
        ["conversationId"] = (message, _, _) => message.Conversation,
        ["isDeliveryReceiptRequested"] = (message, _, _) => message.IsDraft ? false : null,
        ["isReadReceiptRequested"] = (_, _, _) => false,
        ["isRead"] = (message, _, _) => message.IsRead,
        ["isDraft"] = (message, _, _) => message.IsDraft,
        ["webLink"] = (message, request, _) =>
            $"{request.Root[..^5]}/message?mailbox={Uri.EscapeDataString(message.Mailbox)}&id={message.ImmutableId}",
        ["inferenceClassification"] = (_, _, _) => "focused",
        ["body"] = (message, request, store) => BodyJson(message, store.Body(message), request),
        ["sender"] = (message, _, _) => Recipient(message.Envelope.Sender),
        ["from"] = (message, _, _) => Recipient(message.Envelope.From),
        ["toRecipients"] = (message, _, _) => Recipients(message.Envelope.To),
        ["ccRecipients"] = (message, _, _) => Recipients(message.Envelope.Cc),
        ["bccRecipients"] = (message, _, _) => Recipients(message.Envelope.Bcc),
        ["replyTo"] = (message, _, _) => Recipients(message.Envelope.ReplyTo),
        ["flag"] = (message, _, _) => new JsonObject { ["flagStatus"] = message.Flag },
        ["uniqueBody"] = (message, request, store) => BodyJson(message, UniqueBody.Of(store.Body(message), message.IsHtml), request),
        ["internetMessageHeaders"] = (message, _, store) => Headers(message, store),
    };

    private static readonly string[] OnlyWhenSelected = ["uniqueBody", "internetMessageHeaders"];

    public static JsonObject Of(StoredMessage message, GraphRequest request, MailStore store)
    {
        var json = new JsonObject { ["@odata.etag"] = $"W/\"{ChangeKey(message)}\"", ["id"] = request.IdOf(message) };
        foreach (var (name, read) in Properties)
        {
            if (request.Select?.Contains(name) ?? !OnlyWhenSelected.Contains(name))
                json[name] = read(message, request, store);
        }
        return WithExtendedProperties(json, message, request);
    }

    /// <exception cref="GraphException">A property is selected that messages do not have.</exception>
    public static void CheckSelect(GraphRequest request)
    {
        var unknown = request.Select?.FirstOrDefault(name =>
            !name.Equals("id", StringComparison.OrdinalIgnoreCase) && !Properties.ContainsKey(name));
        if (unknown is not null)
            throw GraphException.BadRequest(
                "RequestBroker--ParseUri", $"Could not find a property named '{unknown}' on type 'Microsoft.OutlookServices.Message'.");
    }

    public static string Date(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string ChangeKey(StoredMessage message) =>
        "CQAAABYAAAA" + Convert.ToBase64String(BitConverter.GetBytes(message.Change));

    private static JsonObject? Recipient(Party? party) =>
        party is null
            ? null
            : new JsonObject { ["emailAddress"] = new JsonObject { ["name"] = party.Name ?? party.Address, ["address"] = party.Address } };

    private static JsonArray Recipients(IReadOnlyList<Party> parties) => new([.. parties.Select(Recipient)]);

    private static JsonObject BodyJson(StoredMessage message, string body, GraphRequest request)
    {
        var content = request.PrefersText
            ? (message.IsHtml ? HtmlBody.ToText(body) : body)
            : (message.IsHtml ? body : HtmlBody.FromText(body));
        return new JsonObject { ["contentType"] = request.PrefersText ? "text" : "html", ["content"] = content };
    }

    private static JsonArray Headers(StoredMessage message, MailStore store)
    {
        var headers = store.Headers(message);
        // A draft has none of the service's headers yet, only those its author gave.
        var shown = headers.Where(header => !message.IsDraft || header.Field.StartsWith("x-", StringComparison.OrdinalIgnoreCase));
        return new JsonArray([.. shown.Select(header => new JsonObject { ["name"] = header.Field, ["value"] = header.Value })]);
    }

    private static JsonObject WithExtendedProperties(JsonObject json, StoredMessage message, GraphRequest request)
    {
        var expand = request.Http.Request.Query["$expand"].ToString();
        if (!expand.Contains("singleValueExtendedProperties", StringComparison.OrdinalIgnoreCase))
            return json;
        var asked = message.Properties.Where(property => expand.Contains(property.Key, StringComparison.OrdinalIgnoreCase));
        JsonArray found = new([.. asked.Select(property => new JsonObject { ["id"] = property.Key, ["value"] = property.Value })]);
        if (found.Count > 0)
            json["singleValueExtendedProperties"] = found;
        return json;
    }
}
