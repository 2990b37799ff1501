using System.Text.Json;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Identities;

/// <summary>A table whose records tell by what else a person is known.</summary>
internal sealed class IdentityTable(SystemOfRecord system, SystemTable table)
{
    public SystemOfRecord System => system;

    public SystemTable Table => table;

    /// <summary>
    /// The fields that tell one person from another. Many people may have one address, so they are the fields of any other
    /// identifier that the table is searched by; where there is none, those of identifiers that it gives; else the key.
    /// </summary>
    public IReadOnlyList<string> PersonFields { get; } = Other(table.Find) ?? Other(table.Identifies) ?? table.Key;

    /// <summary>The same text for records of one person. A record that leaves one of the fields empty stands for itself.</summary>
    public string PersonOf(JsonElement record)
    {
        var isWhole = PersonFields.All(field => record.GetProperty(field).ValueKind != JsonValueKind.Null);
        return string.Join('\n', (isWhole ? PersonFields : table.Key).Select(field => record.GetProperty(field).GetRawText()));
    }

    private static string[]? Other(IReadOnlyList<FindBy> fields)
    {
        string[] others = [.. fields.Where(field => field.Identifier != Identifiers.Email).Select(field => field.Field)];
        return others.Length == 0 ? null : others;
    }
}

/// <param name="Person">Equal for records of one person.</param>
/// <param name="FoundBy">The values by which a search of the table finds the record.</param>
/// <param name="Gives">The values that the record gives as its person's.</param>
internal sealed record IdentityRecord(
    string Person, IReadOnlyList<(string Kind, string Value)> FoundBy, IReadOnlyList<(string Kind, string Value)> Gives);

/// <summary>Takes only what identifies out of the records of a table.</summary>
internal sealed class IdentityReader(IdentityTable identity, int limit) : IRecordWriter
{
    public List<IdentityRecord> Records { get; } = [];

    public ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
    {
        foreach (var line in lines.Span.Split((byte)'\n'))
        {
            if (!lines.Span[line].IsEmpty)
                Take(lines[line]);
        }
        return ValueTask.CompletedTask;
    }

    private void Take(ReadOnlyMemory<byte> line)
    {
        using var json = JsonDocument.Parse(line);
        var record = json.RootElement;
        var person = identity.PersonOf(record);
        var taken = new IdentityRecord(person, [.. Values(record, identity.Table.Find)], [.. Values(record, identity.Table.Identifies)]);
        // Many records of one person, such as orders, say the same over and over.
        if (!Records.Exists(known =>
            known.Person == person && known.FoundBy.SequenceEqual(taken.FoundBy) && known.Gives.SequenceEqual(taken.Gives)))
            Records.Add(taken);
        if (Records.Count > limit)
            throw new CollectionException(
                identity.System.Key,
                $"Table {identity.Table.Name} has more than {limit} different records that may be this person.",
                "Look for a value that many people share.",
                isTransient: false);
    }

    private static IEnumerable<(string Kind, string Value)> Values(JsonElement record, IEnumerable<FindBy> fields) =>
        from find in fields
        let value = record.GetProperty(find.Field)
        where value.ValueKind is JsonValueKind.String or JsonValueKind.Number
        let text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()
        where !string.IsNullOrWhiteSpace(text)
        select (find.Identifier, Identifiers.Normal(find.Identifier, text));
}
