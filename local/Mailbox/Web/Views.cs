using System.Globalization;
using LocalMailbox.Mail;
using LocalMailbox.Store;

namespace LocalMailbox.Web;

/// <summary>One mail in a list.</summary>
public sealed record RowView(
    string Link, string Who, string Subject, string Preview, string When, string WhenIso, bool IsUnread, bool HasAttachments);

/// <summary>One folder in the navigation.</summary>
public sealed record FolderView(string Link, string Name, long Unread, bool IsCurrent);

/// <summary>One mailbox to choose.</summary>
public sealed record MailboxView(string Link, string Address, long Unread, long All);

/// <summary>One file attached to a mail.</summary>
public sealed record AttachmentView(string Link, string Name, string Size);

/// <summary>A folder's page.</summary>
/// <param name="Latest">The newest mail of the inbox: the page says so when another one is.</param>
public sealed record FolderPageView(
    string Mailbox, string Name, IReadOnlyList<FolderView> Folders, IReadOnlyList<RowView> Rows, bool WasSent, string Latest, string? Newer,
    string? Older);

/// <summary>A mail's page.</summary>
/// <param name="TextHtml">The text as encoded HTML; null when the mail is HTML and stands in a frame.</param>
public sealed record MessageView(StoredMessage Message, string? TextHtml, IReadOnlyList<AttachmentView> Attachments);

/// <summary>What the person writing has typed so far.</summary>
public sealed record Letter(string From, string To, string Cc, string Subject, string Text, string Reply);

/// <summary>The page that writes a mail.</summary>
public sealed record WriteView(Letter Letter, string? Problem, IReadOnlyList<string> Known);

/// <summary>A page that says what is wrong.</summary>
public sealed record ProblemView(string Title, string Text);

/// <summary>How people see addresses, dates and sizes.</summary>
internal static class Views
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    public static string Link(string page, string mailbox, params (string Name, string Value)[] more) =>
        $"/{page}?mailbox={Uri.EscapeDataString(mailbox)}"
        + string.Concat(more.Select(pair => $"&{pair.Name}={Uri.EscapeDataString(pair.Value)}"));

    public static RowView Row(StoredMessage message) => new(
        Link("message", message.Mailbox, ("id", message.ImmutableId)),
        message.Folder is MailFolder.SentItems or MailFolder.Drafts ? $"To {Names(message.Envelope.To)}" : Name(message.Envelope.From),
        Subject(message),
        message.Preview,
        When(message.Received),
        message.Received.ToString("O", CultureInfo.InvariantCulture),
        !message.IsRead,
        message.HasAttachments);

    public static string Subject(StoredMessage message) => message.Subject.Length > 0 ? message.Subject : "(no subject)";

    public static string When(DateTimeOffset moment) => moment.ToString("d MMM yyyy, HH:mm", British);

    public static string Name(Party? party) => party is null ? "(nobody)" : party.Name ?? party.Address;

    public static string Names(IReadOnlyList<Party> parties)
    {
        var shown = string.Join(", ", parties.Take(20).Select(Full));
        return parties.Count > 20 ? $"{shown} and {(parties.Count - 20).ToString("N0", British)} more" : shown;
    }

    public static string Full(Party? party) => party is { Name: { } name } ? $"{name} <{party.Address}>" : Name(party);

    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} bytes",
        < 1_000_000 => string.Create(British, $"{bytes / 1_000.0:N0} kB"),
        _ => string.Create(British, $"{bytes / 1_000_000.0:N1} MB"),
    };
}
