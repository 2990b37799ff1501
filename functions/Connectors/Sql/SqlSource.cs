using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors.Sql;

/// <summary>A database, read inside one snapshot a table: the count and the records are of the same state.</summary>
internal sealed class SqlSource(SystemOfRecord system, ISqlDialect dialect) : IRecordSource
{
    public async Task<long> ExportAsync(SystemTable table, Identifiers person, IRecordWriter writer, CancellationToken cancellation)
    {
        if (!SqlQuery.CanFind(table, person))
            return 0;
        try
        {
            return await ReadAsync(table, new SqlQuery(dialect, table, person), writer, cancellation);
        }
        catch (DbException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (DbException failure)
        {
            throw Refused(table, failure);
        }
    }

    public async Task<NearMisses> CountNearMissesAsync(SystemTable table, Identifiers person, CancellationToken cancellation)
    {
        if (!SqlNearMisses.CanCount(table, person))
            return NearMisses.None;
        try
        {
            await using var connection = dialect.Connect();
            await connection.OpenAsync(cancellation);
            using var interrupt = dialect.InterruptWhen(connection, cancellation);
            var query = new SqlQuery(dialect, table, person);
            return await new SqlNearMisses(dialect, query, person).CountAsync(table, connection, cancellation);
        }
        catch (DbException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (DbException failure)
        {
            throw Refused(table, failure);
        }
    }

    public async Task CheckAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = dialect.Connect();
            await connection.OpenAsync(cancellation);
            // A pool may hand out a connection whose server has gone.
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1";
            await command.ExecuteScalarAsync(cancellation);
        }
        catch (DbException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (DbException failure)
        {
            var (code, isTransient) = dialect.Describe(failure);
            throw new CollectionException(
                system.Key,
                $"The database did not answer ({code}).",
                "Check the connection setting and the login, or ask the system's owner.",
                isTransient);
        }
    }

    private async Task<long> ReadAsync(SystemTable table, SqlQuery query, IRecordWriter writer, CancellationToken cancellation)
    {
        await using var connection = dialect.Connect();
        await connection.OpenAsync(cancellation);
        using var interrupt = dialect.InterruptWhen(connection, cancellation);
        await using var snapshot = await dialect.BeginSnapshotAsync(connection, cancellation);
        await using var count = query.Count(connection, snapshot);
        var atSource = Convert.ToInt64(await count.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
        await using var select = query.Select(connection, snapshot);
        await using var reader = await select.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        await WriteAllAsync(table, reader, writer, cancellation);
        return atSource;
    }

    private async Task WriteAllAsync(SystemTable table, DbDataReader reader, IRecordWriter writer, CancellationToken cancellation)
    {
        using var lines = new StagedLines(table);
        for (long number = 1; await reader.ReadAsync(cancellation); number++)
        {
            // Drivers look at the token only when they have to wait.
            cancellation.ThrowIfCancellationRequested();
            lines.Begin();
            for (var i = 0; i < table.Fields.Count; i++)
                WriteField(table, i, number, reader, lines);
            lines.End();
            if (!lines.IsFull)
                continue;
            await writer.WriteAsync(lines.Written, cancellation);
            lines.Clear();
        }
        lines.NoteMalformed(writer);
        if (!lines.IsEmpty)
            await writer.WriteAsync(lines.Written, cancellation);
    }

    private void WriteField(SystemTable table, int index, long number, DbDataReader reader, StagedLines lines)
    {
        var field = table.Fields[index];
        var json = lines.Field(index);
        if (reader.IsDBNull(index))
            json.WriteNullValue();
        else if (Value(table, index, number, reader) is var value && !SqlValue.TryWrite(json, field.Type, value))
            lines.WriteMalformed(index, Encoding.UTF8.GetBytes(SqlValue.AsText(value) ?? throw Unfit(table, field, number)));
    }

    private object Value(SystemTable table, int index, long number, DbDataReader reader)
    {
        try
        {
            return reader.GetValue(index);
        }
        catch (Exception wrong) when (wrong is InvalidCastException or OverflowException or FormatException)
        {
            throw Unfit(table, table.Fields[index], number);
        }
    }

    private CollectionException Unfit(SystemTable table, TableField field, long number) =>
        new(system.Key, $"Table {table.Name}, record {number} of this person: "
            + $"field {field.Name} holds something that is no {field.Type.ToString().ToLowerInvariant()}.",
            "Correct the field's type in the data map, or the record.", isTransient: false);

    private CollectionException Refused(SystemTable table, DbException failure)
    {
        var (code, isTransient) = dialect.Describe(failure);
        return new CollectionException(
            system.Key,
            $"The database did not answer for table {table.Name} ({code}).",
            isTransient
                ? "Try again; if it goes on, ask the system's owner."
                : "Check the connection setting, the login's right to read and the names in the data map.",
            isTransient);
    }
}
