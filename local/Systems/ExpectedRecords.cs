using System.Text.Encodings.Web;
using System.Text.Json;

namespace LocalSystems;

/// <summary>Whose each record is, by the knowledge of those who make the records, and the file that says so.</summary>
internal sealed class ExpectedRecords(IReadOnlyList<SamplePerson> people)
{
    private readonly List<Table> tables = [];

    /// <summary>Adds a table. Records are kept as numbers, four bytes each, because there may be a million.</summary>
    /// <param name="isPortable">Whether its records belong to portability (law.md P1).</param>
    /// <param name="key">Writes the values of the record's key, in the order of the data map.</param>
    public Table Add(string system, string name, bool isPortable, Action<Utf8JsonWriter, int> key)
    {
        var table = new Table(system, name, isPortable, key, people.Count);
        tables.Add(table);
        return table;
    }

    public async Task WriteAsync(string path, SystemsOptions options, CancellationToken cancellation)
    {
        await using var file = File.Create(path);
        await using var json = new Utf8JsonWriter(
            file, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("seed", options.Seed);
        json.WriteString("until", options.Until.ToString("yyyy-MM-dd", null));
        json.WriteStartArray("people");
        foreach (var person in people)
            await WritePersonAsync(json, person, cancellation);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async Task WritePersonAsync(Utf8JsonWriter json, SamplePerson person, CancellationToken cancellation)
    {
        json.WriteStartObject();
        json.WriteString("name", person.Name);
        json.WriteStartArray("addresses");
        foreach (var address in person.Addresses)
            json.WriteStringValue(address);
        json.WriteEndArray();
        json.WriteStartObject("systems");
        foreach (var system in tables.GroupBy(table => table.System))
        {
            json.WriteStartObject(system.Key);
            foreach (var table in system)
                await table.WriteAsync(json, person.Index, cancellation);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    internal sealed class Table(string system, string name, bool isPortable, Action<Utf8JsonWriter, int> key, int people)
    {
        private readonly List<int>[] records = [.. Enumerable.Range(0, people).Select(_ => new List<int>())];

        public string System => system;

        public void Belongs(int record, SamplePerson person) => records[person.Index].Add(record);

        public async Task WriteAsync(Utf8JsonWriter json, int person, CancellationToken cancellation)
        {
            json.WriteStartObject(name);
            json.WriteBoolean("portability", isPortable);
            json.WriteStartArray("keys");
            foreach (var record in records[person])
            {
                json.WriteStartArray();
                key(json, record);
                json.WriteEndArray();
                if (json.BytesPending > 64 * 1024)
                    await json.FlushAsync(cancellation);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
