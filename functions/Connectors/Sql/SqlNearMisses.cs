using System.Data;
using System.Data.Common;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors.Sql;

/// <summary>
/// Counts a table's addresses that are nearly a person's. One letter apart, either the domain is the same or what stands before it, so the
/// database gives those alone; they are compared one after the other and forgotten.
/// </summary>
internal sealed class SqlNearMisses(ISqlDialect dialect, SqlQuery query, Identifiers person)
{
    // LIKE takes these for patterns.
    private const char Escape = '!';

    private readonly string[] theirs = [.. person[Identifiers.Email]];

    public static bool CanCount(SystemTable table, Identifiers person) =>
        person[Identifiers.Email].Count > 0 && Fields(table).Any();

    public async Task<NearMisses> CountAsync(SystemTable table, DbConnection connection, CancellationToken cancellation)
    {
        var all = NearMisses.None;
        foreach (var field in Fields(table))
        {
            await using var command = Select(connection, field);
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var address = Identifiers.Normal(Identifiers.Email, reader.GetString(0));
                // Under the person's own other address it is no near miss.
                if (!theirs.Contains(address))
                    all += Nearest(address);
            }
        }
        return all;
    }

    private NearMisses Nearest(string address) =>
        theirs.Select(own => NearMisses.Of(address, own)).FirstOrDefault(near => near != NearMisses.None) ?? NearMisses.None;

    private static IEnumerable<string> Fields(SystemTable table) =>
        from find in table.Find
        where find.Identifier == Identifiers.Email
        join field in table.Fields on find.Field equals field.Name
        where field.Type == FieldType.String
        select find.Field;

    private DbCommand Select(DbConnection connection, string field)
    {
        var command = connection.CreateCommand();
        command.CommandTimeout = SqlQuery.TimeoutSeconds;
        var column = dialect.Trimmed(SqlQuery.Quote(field));
        var patterns = person[Identifiers.Email].SelectMany(AddressForm.Of).SelectMany(Patterns).Distinct().Select(pattern =>
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@n{command.Parameters.Count}", pattern);
            command.Parameters.Add(parameter);
            return $"lower({column}) LIKE {parameter.ParameterName} ESCAPE '{Escape}'";
        });
        command.CommandText = $"SELECT {column} FROM {query.From()} WHERE {string.Join(" OR ", patterns.ToList())}";
        return command;
    }

    private static IEnumerable<string> Patterns(string address)
    {
        var at = address.LastIndexOf('@');
        if (at <= 0)
            yield break;
        yield return "%" + Plain(address[at..]);
        yield return Plain(address[..(at + 1)]) + "%";
    }

    private static string Plain(string text) =>
        string.Concat(text.Select(c => c is '%' or '_' or Escape ? $"{Escape}{c}" : c.ToString()));
}
