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

    /// <summary>Delivers to every recipient and, if asked for, keeps the sender's copy.</summary>
    public void Send(Dispatch dispatch, string sender, bool keepCopy) => Commit(connection =>
    {
        var made = Deliver(connection, dispatch.Delivered, dispatch.Copy.Envelope.Recipients());
        if (keepCopy)
            made.Add(Insert(connection, sender, MailFolder.SentItems, AddContent(connection, dispatch.Copy), isDraft: false, Read));
        return made;
    });

    /// <summary>Delivers a draft; it becomes the copy in Sent Items and keeps its immutable id.</summary>
    /// <param name="dispatch">Makes what is sent of the draft's MIME as it is now.</param>
    /// <returns>False when it is no draft any more: it was sent meanwhile.</returns>
    public bool SendDraft(StoredMessage draft, Func<byte[], Dispatch> dispatch) => 0 < Commit(connection =>
    {
        var present = Present(connection, draft.Number);
        if (present is not { IsDraft: true })
            return [];
        var sending = dispatch(Mime(connection, present));
        TurnIntoSent(connection, present, sending.Copy);
        var made = Deliver(connection, sending.Delivered, sending.Copy.Envelope.Recipients());
        made.Add(Require(connection, present.Number));
        return made;
    }).Count;

    public StoredMessage AddDraft(string mailbox, MailContent content, MailFolder folder, Marks marks) =>
        Commit(connection => [
            Insert(
                connection, mailbox, folder, AddContent(connection, content), isDraft: true, marks with { IsRead = marks.IsRead ?? true }),
        ])[0];

    /// <summary>Sets marks and, on a draft, its content.</summary>
    /// <param name="edit">Makes the new content of the draft's MIME as it is now; null leaves it.</param>
    public StoredMessage Update(StoredMessage message, Marks marks, Func<byte[], MailContent>? edit = null)
    {
        var updated = database.Write(connection =>
        {
            if (edit is not null && Present(connection, message.Number) is { } present)
                ReplaceContent(connection, present, edit(Mime(connection, present)));
            connection.Run(
                "UPDATE messages SET is_read = $read, categories = $categories, flag = $flag, properties = $properties, modified = $now, "
                    + "change = $change WHERE number = $number",
                ("$read", marks.IsRead ?? message.IsRead),
                ("$categories", JsonSerializer.Serialize(marks.Categories ?? message.Categories)),
                ("$flag", marks.Flag ?? message.Flag),
                ("$properties", JsonSerializer.Serialize(Merged(message.Properties, marks.Properties))),
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
                ("$folder", (int)folder), ("$place", OpaqueId.NewPlace()), ("$now", Now.ToUnixTimeSeconds()),
                ("$change", NextChange(connection)), ("$number", message.Number));
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

    private static Dictionary<string, string> Merged(
        IReadOnlyDictionary<string, string> present, IReadOnlyDictionary<string, string>? given)
    {
        var merged = new Dictionary<string, string>(present, StringComparer.OrdinalIgnoreCase);
        foreach (var (id, value) in given ?? present)
            merged[id] = value;
        return merged;
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
        var first = Insert(connection, recipients.First(), MailFolder.Inbox, content, isDraft: false, Unread);
        // What all have in common is not read back for each: ten thousand recipients name ten thousand recipients.
        return [first, .. recipients.Skip(1).Select(recipient => InsertLike(connection, first, recipient))];
    }

    private void TurnIntoSent(SqliteConnection connection, StoredMessage draft, MailContent copy)
    {
        ReplaceContent(connection, draft, copy);
        Leave(connection, draft, "changed");
        connection.Run(
            "UPDATE messages SET is_draft = 0, folder = $sent, place_id = $place, received = $now, modified = $now, change = $change "
                + "WHERE number = $number",
            ("$sent", (int)MailFolder.SentItems),
            ("$place", OpaqueId.NewPlace()),
            ("$now", Now.ToUnixTimeSeconds()),
            ("$change", NextChange(connection)),
            ("$number", draft.Number));
    }
}
