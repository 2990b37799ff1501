using System.Text.Json.Nodes;
using LocalMailbox.Graph;
using LocalMailbox.Mail;
using LocalMailbox.Store;
using MimeKit;

namespace LocalMailbox.Drafts;

/// <summary>Lists, reads and adds what is attached to a message.</summary>
internal static class AttachmentEndpoints
{
    private const string Prefix = "AAMkADAwATM0MDAAMS1BdHRhY2htZW50";

    public static void Map(IEndpointRouteBuilder user)
    {
        foreach (var attachments in new[]
        {
            user.MapGroup("/messages/{id}/attachments"),
            user.MapGroup("/mailFolders/{folder}/messages/{id}/attachments"),
        })
        {
            attachments.MapGet("", List);
            attachments.MapPost("", AddAsync);
            attachments.MapGet("/{attachment}", (GraphRequest request, string id, string attachment, MailStore store) =>
                request.Json(Require(request, store, id, attachment, (part, found, message) => Json(part, found, message, request))));
            attachments.MapGet("/{attachment}/$value", (GraphRequest request, string id, string attachment, MailStore store) =>
                Require(request, store, id, attachment, (part, _, _) => Results.Bytes(Bytes(part), part.ContentType.MimeType)));
        }
    }

    public static string IdOf(StoredMessage message, int index) => OpaqueId.Of(Prefix, $"{message.ImmutableId}\n{index}");

    /// <summary>Puts a file on a draft.</summary>
    public static JsonObject Add(GraphRequest request, MailStore store, string id, MimeEntity attachment)
    {
        var message = request.Require(store, id);
        if (!message.IsDraft)
            throw GraphException.BadRequest("ErrorInvalidRequest", "Attachments can be added to drafts only.");
        var index = 0;
        var updated = store.Update(message, new Marks(), present =>
        {
            var mime = MailReader.Load(present);
            DraftBody.Add(mime, [attachment]);
            index = MailReader.AttachmentsOf(mime).Count() - 1;
            var bytes = MimeBytes.Of(mime);
            return bytes.LongLength <= Outbox.MaxMessage
                ? MailReader.Read(bytes, store.Now)
                : throw new GraphException(413, "ErrorMessageSizeExceeded", "The message exceeds the maximum supported size.");
        });
        return Json(attachment, IdOf(updated, index), updated, request);
    }

    /// <summary>The file itself, or the attached message's MIME.</summary>
    public static byte[] Bytes(MimeEntity part)
    {
        using var bytes = new MemoryStream();
        if (part is MimePart { Content: { } content })
            content.DecodeTo(bytes);
        else if (part is MessagePart { Message: { } message })
            message.WriteTo(bytes);
        return bytes.ToArray();
    }

    public static string NameOf(MimeEntity part) => part switch
    {
        MessagePart { Message.Subject: { Length: > 0 } subject } => subject,
        MimePart { FileName: { Length: > 0 } name } => name,
        _ => part.ContentDisposition?.FileName ?? part.ContentType.Name ?? "attachment",
    };

    private static IResult List(GraphRequest request, string id, MailStore store)
    {
        var message = request.Require(store, id);
        var parts = MailReader.AttachmentsOf(MailReader.Load(store.Mime(message)));
        return request.Json(new JsonObject
        {
            ["@odata.context"] = $"{request.Root}/$metadata#users('{Uri.EscapeDataString(request.Mailbox)}')/messages('{id}')/attachments",
            ["value"] = new JsonArray([.. parts.Select((part, index) => Json(part, IdOf(message, index), message, request))]),
        });
    }

    private static async Task<IResult> AddAsync(GraphRequest request, string id, MailStore store)
    {
        var attachment = DraftBody.Attachment(await request.ReadJsonAsync());
        return request.Json(Add(request, store, id, attachment), 201);
    }

    private static T Require<T>(
        GraphRequest request, MailStore store, string id, string attachment, Func<MimeEntity, string, StoredMessage, T> show)
    {
        var message = request.Require(store, id);
        var parts = MailReader.AttachmentsOf(MailReader.Load(store.Mime(message)));
        var found = parts.Index().FirstOrDefault(part => IdOf(message, part.Index) == attachment).Item;
        return found is null ? throw GraphException.NotFound() : show(found, attachment, message);
    }

    private static JsonObject Json(MimeEntity part, string id, StoredMessage message, GraphRequest request)
    {
        var bytes = Bytes(part);
        var isItem = part is MessagePart;
        var json = new JsonObject
        {
            ["@odata.type"] = isItem ? "#microsoft.graph.itemAttachment" : "#microsoft.graph.fileAttachment",
            ["id"] = id,
            ["lastModifiedDateTime"] = MessageJson.Date(message.Modified),
            ["name"] = NameOf(part),
            ["contentType"] = isItem ? null : part.ContentType.MimeType,
            ["size"] = bytes.Length,
            ["isInline"] = MailReader.IsInline(part),
        };
        if (!isItem && request.Wants("contentId"))
            json["contentId"] = part.ContentId;
        if (!isItem && request.Wants("contentBytes"))
            json["contentBytes"] = Convert.ToBase64String(bytes);
        return json;
    }
}
