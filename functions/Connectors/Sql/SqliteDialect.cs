using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Connectors.Sql;

internal sealed class SqliteDialect(string connectionString) : ISqlDialect
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int InputOutput = 10;
    private const int CannotOpen = 14;

    // No pool: an idle handle would keep a file alive that its owner replaces.
    private readonly string connectionString =
        new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();

    public DbConnection Connect() => new SqliteConnection(connectionString);

    public ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation) =>
        // Deferred: an immediate one would ask for the right to write.
        ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: true));

    public string Holds(DbCommand command, string column, TableField field, bool ignoresCase, IReadOnlyCollection<string> values)
    {
        var names = new List<string>(values.Count);
        foreach (var value in values)
        {
            if (Parameter(field, value) is not { } parameter)
                continue;
            names.Add($"$p{command.Parameters.Count}");
            command.Parameters.Add(new SqliteParameter(names[^1], parameter));
        }
        if (names.Count == 0)
            return "FALSE";
        var text = field.Type == FieldType.Integer ? column : $"{Trimmed(column)} COLLATE {(ignoresCase ? "NOCASE" : "BINARY")}";
        return $"{text} IN ({string.Join(", ", names)})";
    }

    public string Read(string column, TableField field) => column;

    public string Trimmed(string column) => $"trim({column}, char(32, 9, 10, 13))";

    public string Order(string column, TableField field) => field.Type == FieldType.String ? $"{column} COLLATE BINARY" : column;

    public IDisposable? InterruptWhen(DbConnection connection, CancellationToken cancellation) =>
        cancellation.Register(() => SQLitePCL.raw.sqlite3_interrupt(((SqliteConnection)connection).Handle));

    public (string Code, bool IsTransient) Describe(DbException failure) =>
        failure is SqliteException sqlite
            ? (
                string.Create(CultureInfo.InvariantCulture, $"SQLite code {sqlite.SqliteExtendedErrorCode}"),
                sqlite.SqliteErrorCode is Busy or Locked or InputOutput or CannotOpen)
            : (failure.GetType().Name, false);

    private static object? Parameter(TableField field, string value) =>
        field.Type != FieldType.Integer
            ? value
            : long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
