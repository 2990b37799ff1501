using LocalMailbox.Mail;
using Microsoft.Data.Sqlite;
using MimeKit;

namespace LocalMailbox.Store;

/// <summary>What reads the mailboxes.</summary>
internal sealed partial class MailStore
{
    private const string From = "FROM messages m JOIN contents c ON c.number = m.content";

    /// <summary>By immutable id or by the id of its present place.</summary>
    public StoredMessage? Find(string mailbox, string id)
    {
        using var connection = database.Open();
        return connection.Query(
            $"SELECT {StoredMessage.Columns} {From} WHERE m.mailbox = $mailbox AND (m.immutable_id = $id OR m.place_id = $id)",
            StoredMessage.Read,
            ("$mailbox", mailbox),
            ("$id", id)).FirstOrDefault();
    }

    public IReadOnlyList<StoredMessage> List(MessageQuery query, int skip, int top)
    {
        using var connection = database.Open();
        return connection.Query(
            $"SELECT {StoredMessage.Columns} {From} WHERE {Condition(query)} ORDER BY {query.Order} LIMIT $top OFFSET $skip",
            StoredMessage.Read,
            [.. Parameters(query), ("$top", top), ("$skip", skip)]);
    }

    public long Count(MessageQuery query)
    {
        using var connection = database.Open();
        return (long)connection.Scalar($"SELECT count(*) {From} WHERE {Condition(query)}", [.. Parameters(query)])!;
    }

    public (long All, long Unread) Count(string mailbox, MailFolder folder)
    {
        using var connection = database.Open();
        return connection.Query(
            "SELECT count(*), coalesce(sum(is_read = 0), 0) FROM messages WHERE mailbox = $mailbox AND folder = $folder",
            row => (row.GetInt64(0), row.GetInt64(1)),
            ("$mailbox", mailbox),
            ("$folder", (int)folder))[0];
    }

    /// <summary>What a person reads: sanitised HTML, or text.</summary>
    public string Body(StoredMessage message)
    {
        using var connection = database.Open();
        return (string?)connection.Scalar($"SELECT c.body {From} WHERE m.number = $number", ("$number", message.Number)) ?? "";
    }

    public byte[] Mime(StoredMessage message)
    {
        using var connection = database.Open();
        return Mime(connection, message);
    }

    /// <summary>The header alone: nothing behind it is read, however large the message.</summary>
    public IReadOnlyList<Header> Headers(StoredMessage message)
    {
        using var connection = database.Open();
        // In a transaction, so that a draft's content is not replaced between its number and its bytes.
        using var transaction = connection.BeginTransaction(deferred: true);
        if (Present(connection, message.Number) is not { } present)
            return [];
        using var mime = new SqliteBlob(connection, "contents", "mime", present.Content, readOnly: true);
        try
        {
            return [.. HeaderList.Load(mime)];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    /// <summary>The folder's history after a change number, oldest first.</summary>
    /// <param name="removedAfter">Departures up to this change are of no interest: the reader never saw those messages.</param>
    public IReadOnlyList<FolderChange> Changes(MessageQuery query, long after, long removedAfter, int top)
    {
        using var connection = database.Open();
        (string, object)[] parameters =
        [
            .. Parameters(query),
            ("$after", after),
            ("$removedAfter", Math.Max(after, removedAfter)),
            ("$top", top),
        ];
        var present = connection.Query(
            $"SELECT {StoredMessage.Columns} {From} WHERE {Condition(query)} AND m.change > $after ORDER BY m.change LIMIT $top",
            row => Present(StoredMessage.Read(row)),
            parameters);
        var gone = connection.Query(
            "SELECT change, immutable_id, place_id, reason FROM removals "
                + "WHERE mailbox = $mailbox AND folder = $folder AND change > $removedAfter ORDER BY change LIMIT $top",
            row => new FolderChange(row.GetInt64(0), null, row.GetString(1), row.GetString(2), row.GetString(3)),
            parameters);
        return [.. present.Concat(gone).OrderBy(change => change.Number).Take(top)];
    }

    public long LastChange()
    {
        using var connection = database.Open();
        return (long)connection.Scalar("SELECT last FROM changes")!;
    }

    /// <summary>Addresses that hold mail, latest first.</summary>
    public IReadOnlyList<string> Mailboxes(int top)
    {
        using var connection = database.Open();
        return connection.Query(
            "SELECT mailbox FROM messages GROUP BY mailbox ORDER BY max(number) DESC LIMIT $top", row => row.GetString(0), ("$top", top));
    }

    private static FolderChange Present(StoredMessage message) => new(message.Change, message, null, null, null);

    private static string Condition(MessageQuery query) =>
        "m.mailbox = $mailbox" + (query.Folder is null ? "" : " AND m.folder = $folder")
        + (query.Where is null ? "" : $" AND ({query.Where})");

    private static IEnumerable<(string Name, object Value)> Parameters(MessageQuery query) =>
        [("$mailbox", query.Mailbox), ("$folder", (object?)(int?)query.Folder ?? DBNull.Value), .. query.Parameters];
}
