using System.Text.Json;
using LocalMailbox.Mail;
using Microsoft.Data.Sqlite;

namespace LocalMailbox.Store;

/// <summary>The rows that a transaction writes.</summary>
internal sealed partial class MailStore
{
    private const string ConversationPrefix = "AAQkADAwATM0MDAAMS1";

    private static long NextChange(SqliteConnection connection) =>
        (long)connection.Scalar("UPDATE changes SET last = last + 1 RETURNING last")!;

    private static StoredMessage Require(SqliteConnection connection, long number) => Present(connection, number)!;

    private static StoredMessage? Present(SqliteConnection connection, long number) =>
        connection.Query($"SELECT {StoredMessage.Columns} {From} WHERE m.number = $number", StoredMessage.Read, ("$number", number))
            .FirstOrDefault();

    private static byte[] Mime(SqliteConnection connection, StoredMessage message) =>
        (byte[]?)connection.Scalar($"SELECT c.mime {From} WHERE m.number = $number", ("$number", message.Number)) ?? [];

    private StoredMessage Insert(SqliteConnection connection, string mailbox, MailFolder folder, long content, bool isDraft, Marks marks)
    {
        var number = InsertRow(
            connection,
            ("$mailbox", mailbox),
            ("$folder", (int)folder),
            ("$immutable", OpaqueId.NewImmutable()),
            ("$place", OpaqueId.NewPlace()),
            ("$content", content),
            ("$now", Now.ToUnixTimeSeconds()),
            ("$read", marks.IsRead ?? false),
            ("$draft", isDraft),
            ("$categories", JsonSerializer.Serialize(marks.Categories ?? [])),
            ("$flag", marks.Flag ?? "notFlagged"),
            ("$properties", JsonSerializer.Serialize(marks.Properties ?? new Dictionary<string, string>())),
            ("$change", NextChange(connection)));
        return Require(connection, number);
    }

    /// <summary>The same message, unread and unmarked, in another mailbox's inbox.</summary>
    private static StoredMessage InsertLike(SqliteConnection connection, StoredMessage first, string mailbox)
    {
        var other = first with
        {
            Mailbox = mailbox,
            ImmutableId = OpaqueId.NewImmutable(),
            PlaceId = OpaqueId.NewPlace(),
            Change = NextChange(connection),
        };
        var number = InsertRow(
            connection,
            ("$mailbox", other.Mailbox),
            ("$folder", (int)other.Folder),
            ("$immutable", other.ImmutableId),
            ("$place", other.PlaceId),
            ("$content", other.Content),
            ("$now", other.Received.ToUnixTimeSeconds()),
            ("$read", false),
            ("$draft", false),
            ("$categories", "[]"),
            ("$flag", other.Flag),
            ("$properties", "{}"),
            ("$change", other.Change));
        return other with { Number = number };
    }

    private static long InsertRow(SqliteConnection connection, params (string Name, object Value)[] values) => (long)connection.Scalar(
        """
        INSERT INTO messages(mailbox, folder, immutable_id, place_id, content, received, created, modified, is_read, is_draft, categories, flag, properties, change)
        VALUES ($mailbox, $folder, $immutable, $place, $content, $now, $now, $now, $read, $draft, $categories, $flag, $properties, $change) RETURNING number
        """,
        values)!;

    private static long AddContent(SqliteConnection connection, MailContent mail) => (long)connection.Scalar(
        """
        INSERT INTO contents(subject, message_id, sent, envelope, conversation, importance, has_attachments, is_html, preview, size, body, mime)
        VALUES ($subject, $id, $sent, $envelope, $conversation, $importance, $attachments, $html, $preview, $size, $body, $mime) RETURNING number
        """,
        ("$subject", mail.Subject), ("$id", mail.MessageId), ("$sent", mail.Sent.ToUnixTimeSeconds()),
        ("$envelope", JsonSerializer.Serialize(mail.Envelope)),
        ("$conversation", ConversationOf(connection, mail)), ("$importance", mail.Importance), ("$attachments", mail.HasAttachments),
        ("$html", mail.IsHtml),
        ("$preview", mail.Preview), ("$size", mail.Mime.LongLength), ("$body", mail.Body), ("$mime", mail.Mime))!;

    private static void ReplaceContent(SqliteConnection connection, StoredMessage message, MailContent content)
    {
        connection.Run(
            "UPDATE messages SET content = $content WHERE number = $number",
            ("$content", AddContent(connection, content)),
            ("$number", message.Number));
        DropUnused(connection, message.Content);
    }

    private static int DropUnused(SqliteConnection connection, long content) =>
        connection.Run(
            "DELETE FROM contents WHERE number = $content AND NOT EXISTS (SELECT 1 FROM messages WHERE content = $content)",
            ("$content", content));

    private static void Leave(SqliteConnection connection, StoredMessage message, string reason) => connection.Run(
        "INSERT INTO removals(mailbox, folder, immutable_id, place_id, reason, change) "
            + "VALUES ($mailbox, $folder, $immutable, $place, $reason, $change)",
        ("$mailbox", message.Mailbox), ("$folder", (int)message.Folder), ("$immutable", message.ImmutableId), ("$place", message.PlaceId),
        ("$reason", reason), ("$change", NextChange(connection)));

    /// <summary>
    /// The conversation of a message it answers; else the one its oldest reference would have started, so that
    /// order of arrival does not matter.
    /// </summary>
    private static string ConversationOf(SqliteConnection connection, MailContent mail)
    {
        foreach (var reference in mail.Thread.Reverse().Take(50))
        {
            if (connection.Scalar(
                "SELECT conversation FROM contents WHERE message_id = $id LIMIT 1", ("$id", $"<{reference}>")) is string known)
                return known;
        }
        return OpaqueId.Of(ConversationPrefix, mail.Thread.Count > 0 ? $"<{mail.Thread[0]}>" : mail.MessageId);
    }
}
