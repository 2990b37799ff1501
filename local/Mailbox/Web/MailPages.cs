using System.Globalization;
using LocalMailbox.Drafts;
using LocalMailbox.Mail;
using LocalMailbox.Pages;
using LocalMailbox.Store;
using MimeKit;

namespace LocalMailbox.Web;

/// <summary>The pages that show: choose a mailbox, look through a folder, read a mail.</summary>
internal static class MailPages
{
    private const int PageSize = 50;
    private const string Newest = "m.received DESC, m.number DESC";

    private const string FramePolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; frame-ancestors 'self'; "
        + "sandbox allow-popups allow-popups-to-escape-sandbox allow-same-origin";

    private const string FrameStyle = "<base target=\"_blank\"><style>body{font:16px/1.5 "
        + "system-ui,sans-serif;margin:1rem;color:#1b1f24;background:#fff;overflow-wrap:break-word}img{max-width:100%;height:auto}</style>";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", MailboxesAsync);
        routes.MapGet("/mail", FolderAsync);
        routes.MapGet("/mail/latest", (string mailbox, MailStore store) => Results.Text(Latest(store, mailbox)));
        routes.MapGet("/message", MessageAsync);
        routes.MapGet("/message/body", Body);
        routes.MapGet("/message/attachment", Attachment);
        routes.MapGet("/message/source", (string mailbox, string id, MailStore store) =>
            Find(store, mailbox, id) is { } message ? Results.Bytes(store.Mime(message), "text/plain") : Results.NotFound());
        routes.MapGet("/style.css", () => Results.Text(PageRenderer.Resource("style.css"), "text/css"));
        routes.MapGet("/page.js", () => Results.Text(PageRenderer.Resource("page.js"), "text/javascript"));
    }

    public static string Normal(string mailbox) => mailbox.Trim().ToLowerInvariant();

    public static StoredMessage? Find(MailStore store, string mailbox, string id) => store.Find(Normal(mailbox), id);

    public static Task<IResult> MissingAsync(HttpContext http, PageRenderer pages) =>
        pages.PageAsync<ProblemPage>(
            http, new ProblemView("This mail is not here any more", "It may have been deleted, or it is in another mailbox."), 404);

    private static Task<IResult> MailboxesAsync(HttpContext http, MailStore store, PageRenderer pages)
    {
        var mailboxes = store.Mailboxes(100).Select(address =>
        {
            var (all, unread) = store.Count(address, MailFolder.Inbox);
            return new MailboxView(Views.Link("mail", address), address, unread, all);
        });
        return pages.PageAsync<MailboxesPage>(http, mailboxes.ToList());
    }

    private static Task<IResult> FolderAsync(
        HttpContext http, string mailbox, string? folder, int? page, string? sent, MailStore store, PageRenderer pages)
    {
        var address = Normal(mailbox);
        if (!MailboxAddress.TryParse(address, out _) || !address.Contains('@'))
            return pages.PageAsync<ProblemPage>(
                http, new ProblemView("That is not an email address", "An address looks like name@example.org."), 404);
        var current = MailFolders.Find(folder ?? "Inbox", address) ?? MailFolder.Inbox;
        var number = Math.Clamp(page ?? 1, 1, 100_000);
        var found = store.List(new MessageQuery(address, current, null, [], Newest), (number - 1) * PageSize, PageSize + 1);
        return pages.PageAsync<FolderPage>(http, new FolderPageView(
            address,
            MailFolders.DisplayName(current),
            [.. MailFolders.All.Select(one => new FolderView(
                Views.Link("mail", address, ("folder", one.ToString())),
                MailFolders.DisplayName(one),
                store.Count(address, one).Unread,
                one == current))],
            [.. found.Take(PageSize).Select(Views.Row)],
            sent is not null,
            Latest(store, address),
            number > 1 ? PageLink(address, current, number - 1) : null,
            found.Count > PageSize ? PageLink(address, current, number + 1) : null));
    }

    private static Task<IResult> MessageAsync(HttpContext http, string mailbox, string id, MailStore store, PageRenderer pages)
    {
        if (Find(store, mailbox, id) is not { } message)
            return MissingAsync(http, pages);
        var text = message.IsHtml ? null : TextLinks.Html(store.Body(message));
        return pages.PageAsync<MessagePage>(http, new MessageView(message, text, Attachments(message, store)));
    }

    private static List<AttachmentView> Attachments(StoredMessage message, MailStore store)
    {
        if (!message.HasAttachments)
            return [];
        var parts = MailReader.AttachmentsOf(MailReader.Load(store.Mime(message))).Index().Where(part => !MailReader.IsInline(part.Item));
        return [.. parts.Select(part => new AttachmentView(
            Views.Link(
                "message/attachment",
                message.Mailbox,
                ("id", message.ImmutableId),
                ("number", part.Index.ToString(CultureInfo.InvariantCulture))),
            AttachmentEndpoints.NameOf(part.Item),
            Views.Size(AttachmentEndpoints.Bytes(part.Item).LongLength)))];
    }

    /// <summary>The mail's own HTML, without scripts, without anything from elsewhere, in a document that may do nothing.</summary>
    private static IResult Body(HttpContext http, string mailbox, string id, MailStore store)
    {
        if (Find(store, mailbox, id) is not { IsHtml: true } message)
            return Results.NotFound();
        PageRenderer.Protect(http, FramePolicy);
        return Results.Text(
            InlineImages.Embed(HtmlBody.WithHead(store.Body(message), FrameStyle), () => MailReader.Load(store.Mime(message))),
            "text/html; charset=utf-8");
    }

    private static IResult Attachment(HttpContext http, string mailbox, string id, int number, MailStore store)
    {
        if (Find(store, mailbox, id) is not { } message)
            return Results.NotFound();
        var part = MailReader.AttachmentsOf(MailReader.Load(store.Mime(message))).ElementAtOrDefault(number);
        if (part is null)
            return Results.NotFound();
        PageRenderer.Protect(http, "default-src 'none'; sandbox");
        return Results.File(AttachmentEndpoints.Bytes(part), "application/octet-stream", AttachmentEndpoints.NameOf(part));
    }

    private static string Latest(MailStore store, string mailbox)
    {
        var newest = store.List(new MessageQuery(Normal(mailbox), MailFolder.Inbox, null, [], Newest), 0, 1);
        return newest.Count == 0 ? "0" : newest[0].Number.ToString(CultureInfo.InvariantCulture);
    }

    private static string PageLink(string mailbox, MailFolder folder, int page) =>
        Views.Link("mail", mailbox, ("folder", folder.ToString()), ("page", page.ToString(CultureInfo.InvariantCulture)));
}
