using System.Data.Common;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors.Sql;

/// <summary>
/// The two queries for a person's records of a table: how many, and which. Both have the same condition; values travel as parameters only.
/// </summary>
internal sealed class SqlQuery(ISqlDialect dialect, SystemTable table, Identifiers person)
{
    public const int TimeoutSeconds = 300;

    public DbCommand Count(DbConnection connection, DbTransaction transaction) =>
        Make(connection, transaction, (from, where) => $"SELECT COUNT(*) FROM {from} WHERE {where}");

    public DbCommand Select(DbConnection connection, DbTransaction transaction)
    {
        var columns = string.Join(", ", table.Fields.Select(field => dialect.Read(Quote(field.Name), field)));
        var order = string.Join(", ", table.Key.Select(name => dialect.Order(Quote(name), Field(name))));
        return Make(connection, transaction, (from, where) => $"SELECT {columns} FROM {from} WHERE {where} ORDER BY {order}");
    }

    /// <summary>Whether we know the person by anything that this table is searched by.</summary>
    public static bool CanFind(SystemTable table, Identifiers person) => table.Find.Any(find => person[find.Identifier].Count > 0);

    private DbCommand Make(DbConnection connection, DbTransaction transaction, Func<string, string, string> text)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = TimeoutSeconds;
        var conditions =
            from find in table.Find
            let values = person.Forms(table, find.Identifier)
            where values.Count > 0
            select dialect.Holds(command, Quote(find.Field), Field(find.Field), Identifiers.IgnoreCase(table, find.Identifier), values);
        command.CommandText = text(From(), string.Join(" OR ", conditions.ToList()));
        return command;
    }

    public string From()
    {
        var name = Quote(table.Options.GetValueOrDefault("table", table.Name));
        return table.Options.TryGetValue("schema", out var schema) ? $"{Quote(schema)}.{name}" : name;
    }

    private TableField Field(string name) => table.Fields.First(field => field.Name == name);

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
