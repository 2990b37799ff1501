using System.Data;
using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Connectors.Sql;

internal sealed class PostgresDialect : ISqlDialect
{
    private readonly string connectionString;

    public PostgresDialect(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "Spectrum.PrivacyFlows",
            IncludeErrorDetail = false,
        };
        settings.Options = $"{settings.Options} -c default_transaction_read_only=on".Trim();
        this.connectionString = settings.ToString();
    }

    public DbConnection Connect() => new NpgsqlConnection(connectionString);

    public ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation) =>
        connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);

    public string Holds(DbCommand command, string column, TableField field, bool ignoresCase, IReadOnlyCollection<string> values)
    {
        var name = $"@p{command.Parameters.Count}";
        if (field.Type == FieldType.Integer)
        {
            long[] numbers = [.. values.SelectMany(value =>
                long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    ? [number]
                    : Array.Empty<long>())];
            command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = numbers });
            return $"{column} = ANY({name})";
        }
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = values.ToArray() });
        // As text, because uuid or citext columns are strings to the data map; "C" lowers A to Z only.
        var text = $"{Trimmed(column)} COLLATE \"C\"";
        return ignoresCase ? $"lower({text}) = ANY({name})" : $"{text} = ANY({name})";
    }

    /// <summary>Its exact numbers may have more digits than .NET's.</summary>
    public string Read(string column, TableField field) => field.Type == FieldType.Number ? $"{column}::text" : column;

    public string Trimmed(string column) => $"btrim({column}::text, E' \\t\\r\\n')";

    public string Order(string column, TableField field) => field.Type == FieldType.String ? $"{column}::text COLLATE \"C\"" : column;

    /// <summary>Npgsql cancels by itself.</summary>
    public IDisposable? InterruptWhen(DbConnection connection, CancellationToken cancellation) => null;

    public (string Code, bool IsTransient) Describe(DbException failure) =>
        failure is PostgresException postgres
            ? ($"SQLSTATE {postgres.SqlState}", postgres.IsTransient)
            : ($"{failure.GetType().Name}, {failure.InnerException?.GetType().Name ?? "no inner cause"}", failure.IsTransient);
}
