using LocalMailbox.Mail;

namespace LocalMailbox.Notifications;

/// <summary>Somebody who wants to be told of messages.</summary>
/// <param name="ChangeTypes">Of <c>created</c>, <c>updated</c>, <c>deleted</c>.</param>
/// <param name="Folder">Null: every folder.</param>
/// <param name="ImmutableIds">Whether its notifications name messages by immutable id, as preferred when it was made.</param>
internal sealed record Subscription(
    string Id,
    string Resource,
    string Mailbox,
    MailFolder? Folder,
    IReadOnlyList<string> ChangeTypes,
    Uri NotificationUrl,
    Uri? LifecycleUrl,
    string? ClientState,
    DateTimeOffset Expires,
    bool ImmutableIds)
{
    public bool Wants(string change, string mailbox, MailFolder folder) =>
        Mailbox == mailbox && (Folder is null || Folder == folder) && ChangeTypes.Contains(change);
}
