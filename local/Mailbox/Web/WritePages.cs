using System.Globalization;
using LocalMailbox.Drafts;
using LocalMailbox.Graph;
using LocalMailbox.Mail;
using LocalMailbox.Pages;
using LocalMailbox.Store;
using MimeKit;

namespace LocalMailbox.Web;

/// <summary>The page that writes a mail, and the buttons that change one.</summary>
internal static class WritePages
{
    private const string Office = "dataprivacy@spectrum.tech";
    // The first person of local/Systems.
    private const string SamplePerson = "ann.lee@brightwater.example";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/write", WriteAsync);
        routes.MapPost("/write", SendAsync);
        routes.MapPost(
            "/message/read",
            (HttpContext http, MailStore store) => ChangeAsync(http, store, message => store.Update(message, new Marks { IsRead = true })));
        routes.MapPost("/message/unread", (HttpContext http, MailStore store) =>
            ChangeAsync(http, store, message => store.Update(message, new Marks { IsRead = false })));
        routes.MapPost("/message/delete", (HttpContext http, MailStore store) => ChangeAsync(http, store, store.Delete));
    }

    private static Task<IResult> WriteAsync(
        HttpContext http, string? mailbox, string? reply, string? to, MailStore store, PageRenderer pages)
    {
        if (string.IsNullOrEmpty(reply))
            return FormAsync(http, pages, store, new Letter(mailbox ?? SamplePerson, to ?? Office, "", "", "", ""), null);
        if (MailPages.Find(store, mailbox ?? "", reply) is not { } original)
            return MailPages.MissingAsync(http, pages);
        var mime = ReplyDraft.Answering(original, MailReader.Load(store.Mime(original)), original.Mailbox, store.Now);
        return FormAsync(
            http,
            pages,
            store,
            new Letter(original.Mailbox, mime.To.ToString(), "", mime.Subject ?? "", Quoted(original, store), original.ImmutableId),
            null);
    }

    private static async Task<IResult> SendAsync(HttpContext http, MailStore store, Outbox outbox, PageRenderer pages)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var letter = new Letter(
            form["from"].ToString(), form["to"].ToString(), form["cc"].ToString(), form["subject"].ToString(), form["text"].ToString(),
            form["reply"].ToString());
        if (!MailboxAddress.TryParse(letter.From, out var from) || !from.Address.Contains('@'))
            return await FormAsync(http, pages, store, letter, "The address you write from is not an email address.");
        if (!InternetAddressList.TryParse(letter.To, out var to)
                || (letter.Cc.Length > 0 && !InternetAddressList.TryParse(letter.Cc, out _)))
            return await FormAsync(http, pages, store, letter, "Separate the addresses you write to with commas.");
        var mailbox = from.Address.ToLowerInvariant();
        var original = letter.Reply.Length > 0 ? MailPages.Find(store, mailbox, letter.Reply) : null;
        var mime = original is null
            ? DraftEdit.New(mailbox, store.Now)
            : ReplyDraft.Answering(original, MailReader.Load(store.Mime(original)), mailbox, store.Now);
        mime.From.Clear();
        mime.From.Add(from);
        mime.To.Clear();
        mime.To.AddRange(to);
        if (InternetAddressList.TryParse(letter.Cc, out var cc))
            mime.Cc.AddRange(cc);
        mime.Subject = letter.Subject;
        DraftBody.Compose(mime, letter.Text, isHtml: false, await FilesAsync(form.Files));
        try
        {
            outbox.Send(mime, mailbox, keepCopy: true);
        }
        catch (GraphException refused)
        {
            return await FormAsync(http, pages, store, letter, refused.Message);
        }
        return SeeOther(http, Views.Link("mail", mailbox, ("sent", "1")));
    }

    private static async Task<List<MimeEntity>> FilesAsync(IFormFileCollection files)
    {
        List<MimeEntity> attachments = [];
        foreach (var file in files.Where(file => file.Length > 0))
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            attachments.Add(DraftBody.Attachment(file.FileName, file.ContentType, bytes.ToArray(), isInline: false, contentId: null));
        }
        return attachments;
    }

    private static Task<IResult> FormAsync(HttpContext http, PageRenderer pages, MailStore store, Letter letter, string? problem) =>
        pages.PageAsync<WritePage>(http, new WriteView(letter, problem, store.Mailboxes(100)), problem is null ? 200 : 422);

    private static string Quoted(StoredMessage original, MailStore store)
    {
        var body = store.Body(original);
        var text = original.IsHtml ? HtmlBody.ToText(body) : body;
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => $"> {line}");
        return $"\n\nOn {original.Sent.ToString("d MMM yyyy", CultureInfo.InvariantCulture)} {Views.Name(original.Envelope.From)} wrote:\n"
            + $"{string.Join('\n', lines)}";
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, MailStore store, Action<StoredMessage> change)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (MailPages.Find(store, form["mailbox"].ToString(), form["id"].ToString()) is not { } message)
            return Results.NotFound();
        change(message);
        return SeeOther(http, Views.Link("mail", message.Mailbox, ("folder", message.Folder.ToString())));
    }

    private static IResult SeeOther(HttpContext http, string address)
    {
        http.Response.Headers.Location = address;
        return Results.StatusCode(303);
    }
}
