using System.Text.Json;
using LocalMailbox.Mail;
using Microsoft.Data.Sqlite;

namespace LocalMailbox.Store;

/// <summary>The mailboxes: what changes them. Each method is one transaction. Mailbox addresses are in lower case.</summary>
internal sealed partial class MailStore(MailDatabase database, TimeProvider clock)
{
    /// <summary>Told after the commit, in its order for one caller.</summary>
    public event Action<IReadOnlyList<MailChange>>? Changed;

    public string Id => database.Id;

    public DateTimeOffset Now => clock.GetUtcNow();

    private static readonly Marks Unread = new() { IsRead = false };
    private static readonly Marks Read = new() { IsRead = true };

    /// <summary>Puts mail from the internet into the inbox of each recipient.</summary>
    public IReadOnlyList<StoredMessage> Deliver(MailContent mail, IReadOnlyCollection<string> recipients) =>
        Commit(connection => Deliver(connection, mail, recipients));

    /// <summary>Delivers to every recipient and keeps the sender's copy, in one transaction.</summary>
    /// <param name="draft">The draft that is sent: it becomes the copy and keeps its immutable id. Null: a new copy is made if asked for.</param>
    /// <returns>False when the draft is no longer one: somebody sent or deleted it meanwhile.</returns>
    public bool Send(MailContent delivered, MailContent copy, StoredMessage? draft, string sender, bool keepCopy)
    {
        var recipients = copy.Envelope.Recipients();
        var changes = Commit(connection =>
        {
            if (draft is not null && !TurnIntoSent(connection, draft, copy))
                return [];
            List<StoredMessage> made = [.. Deliver(connection, delivered, recipients)];
            if (draft is null && keepCopy)
                made.Add(Insert(connection, sender, MailFolder.SentItems, AddContent(connection, copy), isDraft: false, Read));
            else if (draft is not null)
                made.Add(Require(connection, draft.Number));
            return made;
        });
        return changes.Count > 0 || recipients.Count == 0;
    }

    public StoredMessage AddDraft(string mailbox, MailContent content, MailFolder folder, Marks marks) =>
        Commit(connection => [Insert(connection, mailbox, folder, AddContent(connection, content), isDraft: true, marks with { IsRead = marks.IsRead ?? true })])[0];

    /// <summary>Sets marks and, on a draft, its content.</summary>
    public StoredMessage Update(StoredMessage message, Marks marks, MailContent? content)
    {
        var updated = database.Write(connection =>
        {
            if (content is not null)
                ReplaceContent(connection, message, content);
            connection.Run(
                "UPDATE messages SET is_read = $read, categories = $categories, flag = $flag, properties = $properties, modified = $now, change = $change WHERE number = $number",
                ("$read", marks.IsRead ?? message.IsRead),
                ("$categories", JsonSerializer.Serialize(marks.Categories ?? message.Categories)),
                ("$flag", marks.Flag ?? message.Flag),
                ("$properties", JsonSerializer.Serialize(marks.Properties ?? message.Properties)),
                ("$now", Now.ToUnixTimeSeconds()),
                ("$change", NextChange(connection)),
                ("$number", message.Number));
            return Require(connection, message.Number);
        });
        Changed?.Invoke([new MailChange("updated", updated)]);
        return updated;
    }

    /// <summary>Gives the message another place id; its immutable id stays.</summary>
    public StoredMessage Move(StoredMessage message, MailFolder folder)
    {
        var moved = database.Write(connection =>
        {
            Leave(connection, message, folder == MailFolder.DeletedItems ? "deleted" : "changed");
            connection.Run(
                "UPDATE messages SET folder = $folder, place_id = $place, modified = $now, change = $change WHERE number = $number",
                ("$folder", (int)folder), ("$place", OpaqueId.NewPlace()), ("$now", Now.ToUnixTimeSeconds()), ("$change", NextChange(connection)), ("$number", message.Number));
            return Require(connection, message.Number);
        });
        Changed?.Invoke([new MailChange("deleted", message), new MailChange("created", moved)]);
        return moved;
    }

    /// <summary>To Deleted Items; from there, for good.</summary>
    public void Delete(StoredMessage message)
    {
        if (message.Folder != MailFolder.DeletedItems)
        {
            Move(message, MailFolder.DeletedItems);
            return;
        }
        database.Write(connection =>
        {
            Leave(connection, message, "deleted");
            connection.Run("DELETE FROM messages WHERE number = $number", ("$number", message.Number));
            return DropUnused(connection, message.Content);
        });
        Changed?.Invoke([new MailChange("deleted", message)]);
    }

    private List<StoredMessage> Commit(Func<SqliteConnection, List<StoredMessage>> work)
    {
        var made = database.Write(work);
        if (made.Count > 0)
            Changed?.Invoke([.. made.Select(message => new MailChange("created", message))]);
        return made;
    }

    private List<StoredMessage> Deliver(SqliteConnection connection, MailContent mail, IReadOnlyCollection<string> recipients)
    {
        if (recipients.Count == 0)
            return [];
        var content = AddContent(connection, mail);
        return [.. recipients.Select(recipient => Insert(connection, recipient, MailFolder.Inbox, content, isDraft: false, Unread))];
    }

    private bool TurnIntoSent(SqliteConnection connection, StoredMessage draft, MailContent copy)
    {
        var turned = connection.Run(
            "UPDATE messages SET is_draft = 0, folder = $sent, place_id = $place, received = $now, modified = $now, change = $change WHERE number = $number AND is_draft = 1 AND change = $seen",
            ("$sent", (int)MailFolder.SentItems), ("$place", OpaqueId.NewPlace()), ("$now", Now.ToUnixTimeSeconds()), ("$change", NextChange(connection)),
            ("$number", draft.Number), ("$seen", draft.Change));
        if (turned == 0)
            return false;
        ReplaceContent(connection, draft, copy);
        Leave(connection, draft, "changed");
        return true;
    }
}
