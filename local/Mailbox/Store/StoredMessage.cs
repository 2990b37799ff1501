using System.Text.Json;
using LocalMailbox.Mail;
using Microsoft.Data.Sqlite;

namespace LocalMailbox.Store;

/// <summary>A message in one mailbox's folder: what a list shows. The body and the MIME are read when asked for.</summary>
public sealed record StoredMessage
{
    public const string Columns = """
        m.number, m.mailbox, m.folder, m.immutable_id, m.place_id, m.content, m.received, m.created, m.modified, m.is_read, m.is_draft,
        m.categories, m.flag, m.properties, m.change, c.subject, c.message_id, c.sent, c.envelope, c.conversation, c.importance,
        c.has_attachments, c.is_html, c.preview, c.size
        """;

    public required long Number { get; init; }
    public required string Mailbox { get; init; }
    public required MailFolder Folder { get; init; }
    public required string ImmutableId { get; init; }
    public required string PlaceId { get; init; }
    public required long Content { get; init; }
    public required DateTimeOffset Received { get; init; }
    public required DateTimeOffset Created { get; init; }
    public required DateTimeOffset Modified { get; init; }
    public required bool IsRead { get; init; }
    public required bool IsDraft { get; init; }
    public required IReadOnlyList<string> Categories { get; init; }
    public required string Flag { get; init; }

    /// <summary>Single-value extended properties: id and value.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    public required long Change { get; init; }
    public required string Subject { get; init; }
    public required string MessageId { get; init; }
    public required DateTimeOffset Sent { get; init; }
    public required Envelope Envelope { get; init; }
    public required string Conversation { get; init; }
    public required string Importance { get; init; }
    public required bool HasAttachments { get; init; }
    public required bool IsHtml { get; init; }
    public required string Preview { get; init; }
    public required long Size { get; init; }

    public static StoredMessage Read(SqliteDataReader row) => new()
    {
        Number = row.GetInt64(0),
        Mailbox = row.GetString(1),
        Folder = (MailFolder)row.GetInt32(2),
        ImmutableId = row.GetString(3),
        PlaceId = row.GetString(4),
        Content = row.GetInt64(5),
        Received = DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(6)),
        Created = DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(7)),
        Modified = DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(8)),
        IsRead = row.GetBoolean(9),
        IsDraft = row.GetBoolean(10),
        Categories = JsonSerializer.Deserialize<List<string>>(row.GetString(11))!,
        Flag = row.GetString(12),
        Properties = JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(13))!,
        Change = row.GetInt64(14),
        Subject = row.GetString(15),
        MessageId = row.GetString(16),
        Sent = DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(17)),
        Envelope = JsonSerializer.Deserialize<Envelope>(row.GetString(18))!,
        Conversation = row.GetString(19),
        Importance = row.GetString(20),
        HasAttachments = row.GetBoolean(21),
        IsHtml = row.GetBoolean(22),
        Preview = row.GetString(23),
        Size = row.GetInt64(24),
    };
}
