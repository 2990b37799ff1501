using Microsoft.Data.Sqlite;

namespace LocalMailbox.Store;

/// <summary>
/// One SQLite file holding every mailbox. Write-ahead log and full synchronisation: what was answered with success survives
/// a kill at any moment, and a transaction is there whole or not at all.
/// </summary>
internal sealed class MailDatabase : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS store(id TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS contents(
            number INTEGER PRIMARY KEY,
            subject TEXT NOT NULL, message_id TEXT NOT NULL, sent INTEGER NOT NULL, envelope TEXT NOT NULL, conversation TEXT NOT NULL,
            importance TEXT NOT NULL, has_attachments INTEGER NOT NULL, is_html INTEGER NOT NULL, preview TEXT NOT NULL, size INTEGER NOT NULL,
            body TEXT NOT NULL, mime BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS contents_by_message_id ON contents(message_id);
        CREATE TABLE IF NOT EXISTS messages(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            mailbox TEXT NOT NULL, folder INTEGER NOT NULL, immutable_id TEXT NOT NULL UNIQUE, place_id TEXT NOT NULL UNIQUE,
            content INTEGER NOT NULL REFERENCES contents(number),
            received INTEGER NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL,
            is_read INTEGER NOT NULL, is_draft INTEGER NOT NULL, categories TEXT NOT NULL, flag TEXT NOT NULL, properties TEXT NOT NULL,
            change INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS messages_by_time ON messages(mailbox, folder, received, number);
        CREATE INDEX IF NOT EXISTS messages_by_change ON messages(mailbox, folder, change);
        CREATE INDEX IF NOT EXISTS messages_by_content ON messages(content);
        CREATE TABLE IF NOT EXISTS removals(
            mailbox TEXT NOT NULL, folder INTEGER NOT NULL, immutable_id TEXT NOT NULL, place_id TEXT NOT NULL, reason TEXT NOT NULL, change INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS removals_by_change ON removals(mailbox, folder, change);
        CREATE TABLE IF NOT EXISTS changes(last INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS subscriptions(id TEXT PRIMARY KEY, subscription TEXT NOT NULL);
        INSERT INTO changes SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM changes);
        INSERT INTO store SELECT lower(hex(randomblob(8))) WHERE NOT EXISTS (SELECT 1 FROM store);
        """;

    private readonly string connectionString;
    private readonly Lock writing = new();

    public MailDatabase(string folder)
    {
        Directory.CreateDirectory(folder);
        connectionString =
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "mailbox.db"), ForeignKeys = true }.ToString();
        using var connection = Open();
        connection.Run("PRAGMA journal_mode = WAL");
        connection.Run(Schema);
        Id = (string)connection.Scalar("SELECT id FROM store")!;
    }

    /// <summary>Another one in each new store, so that a delta token of a store since deleted is known as such.</summary>
    public string Id { get; }

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Run("PRAGMA synchronous = FULL");
        return connection;
    }

    /// <summary>One writer at a time, so that change numbers are seen in the order of their commits.</summary>
    public T Write<T>(Func<SqliteConnection, T> work)
    {
        lock (writing)
        {
            using var connection = Open();
            using var transaction = connection.BeginTransaction();
            var result = work(connection);
            transaction.Commit();
            return result;
        }
    }

    public void Dispose()
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
