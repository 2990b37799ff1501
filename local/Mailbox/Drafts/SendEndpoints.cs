using System.Text.Json.Nodes;
using LocalMailbox.Graph;
using LocalMailbox.Mail;
using LocalMailbox.Store;
using MimeKit;

namespace LocalMailbox.Drafts;

/// <summary>Writes drafts and replies, and sends.</summary>
internal static class SendEndpoints
{
    public static void Map(IEndpointRouteBuilder user)
    {
        user.MapPost("/sendMail", SendMailAsync);
        user.MapPost("/messages", (GraphRequest request, MailStore store) => CreateAsync(request, store, MailFolder.Drafts));
        user.MapPost(
            "/mailFolders/{folder}/messages",
            (GraphRequest request, string folder, MailStore store) => CreateAsync(request, store, request.RequireFolder(folder)));
        foreach (var messages in new[] { user.MapGroup("/messages"), user.MapGroup("/mailFolders/{folder}/messages") })
        {
            messages.MapPost("/{id}/send", SendDraft);
            messages.MapPost("/{id}/createReply", CreateReplyAsync);
            messages.MapPost("/{id}/reply", ReplyAsync);
        }
    }

    private static async Task<IResult> SendMailAsync(GraphRequest request, Outbox outbox, TimeProvider clock)
    {
        if (await request.ReadMimeAsync() is { } raw)
        {
            outbox.Send(FromMime(raw, request.Mailbox), request.Mailbox, keepCopy: true);
            return Results.StatusCode(202);
        }
        var body = await request.ReadJsonAsync();
        var mime = DraftEdit.New(request.Mailbox, clock.GetUtcNow());
        DraftEdit.Apply(
            mime,
            body.Object("message") ?? throw GraphException.Invalid("The parameter message is missing."),
            request.Mailbox,
            isNew: true);
        outbox.Send(mime, request.Mailbox, body.Truth("saveToSentItems") ?? true);
        return Results.StatusCode(202);
    }

    private static async Task<IResult> CreateAsync(GraphRequest request, MailStore store, MailFolder folder)
    {
        if (await request.ReadMimeAsync() is { } raw)
            return Created(request, store, FromMime(raw, request.Mailbox), folder, []);
        var body = await request.ReadJsonAsync();
        var mime = DraftEdit.New(request.Mailbox, store.Now);
        DraftEdit.Apply(mime, body, request.Mailbox, isNew: true);
        return Created(request, store, mime, folder, body);
    }

    private static IResult SendDraft(GraphRequest request, string id, Outbox outbox)
    {
        outbox.SendDraft(request, id);
        return Results.StatusCode(202);
    }

    private static async Task<IResult> CreateReplyAsync(GraphRequest request, string id, MailStore store)
    {
        var (mime, message) = await ReplyOf(request, id, store);
        return Created(request, store, mime, MailFolder.Drafts, message);
    }

    private static async Task<IResult> ReplyAsync(GraphRequest request, string id, MailStore store, Outbox outbox)
    {
        var (mime, _) = await ReplyOf(request, id, store);
        outbox.Send(mime, request.Mailbox, keepCopy: true);
        return Results.StatusCode(202);
    }

    private static async Task<(MimeMessage Mime, JsonObject Message)> ReplyOf(GraphRequest request, string id, MailStore store)
    {
        var original = request.Require(store, id);
        if (await request.ReadMimeAsync() is { } raw)
            return (FromMime(raw, request.Mailbox), []);
        var body = await request.ReadJsonAsync();
        var message = body.Object("message") ?? [];
        var comment = body.Text("comment");
        if (comment is not null && message.ContainsKey("body"))
            throw GraphException.Invalid("Specify either a comment or the body property of the message parameter, not both.");
        var mime = ReplyDraft.Of(original, store.Mime(original), store.Body(original), comment, request.Mailbox, store.Now);
        DraftEdit.Apply(mime, message, request.Mailbox, isNew: true);
        return (mime, message);
    }

    private static IResult Created(GraphRequest request, MailStore store, MimeMessage mime, MailFolder folder, JsonObject body)
    {
        var draft = store.AddDraft(request.Mailbox, MailReader.Read(MimeBytes.Of(mime), store.Now), folder, MarksOf.Json(body));
        return request.Json(MessageEndpoints.One(request, store, draft), 201);
    }

    private static MimeMessage FromMime(byte[] raw, string mailbox)
    {
        var mime = MailReader.Load(raw);
        var from = mime.From.Mailboxes.FirstOrDefault()?.Address;
        if (from is not null && !from.Equals(mailbox, StringComparison.OrdinalIgnoreCase))
            throw new GraphException(
                403,
                "ErrorSendAsDenied",
                "The user account which was used to submit this request does not have the right to send mail on behalf of the "
                    + "specified sending account.");
        if (from is null)
            mime.From.Add(new MailboxAddress(null, mailbox));
        mime.MessageId ??= DraftEdit.NewMessageId(mailbox);
        return mime;
    }
}
