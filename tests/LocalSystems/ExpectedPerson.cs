using System.Text.Json;

namespace Spectrum.PrivacyFlows.Tests.LocalSystems;

/// <summary>What expected.json says of one person.</summary>
internal sealed class ExpectedPerson(JsonElement person)
{
    public IReadOnlyList<string> Addresses { get; } =
        [.. person.GetProperty("addresses").EnumerateArray().Select(address => address.GetString()!)];

    public static async Task<IReadOnlyList<ExpectedPerson>> ReadAsync(string file)
    {
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
        return [.. json.RootElement.GetProperty("people").EnumerateArray().Select(person => new ExpectedPerson(person.Clone()))];
    }

    /// <summary>The keys of the records that are theirs, each as the JSON of its values.</summary>
    public IReadOnlyList<string> Keys(string system, string table) =>
        [.. Table(system, table).GetProperty("keys").EnumerateArray()
            .Select(key => string.Join('|', key.EnumerateArray().Select(value => value.ToString())))];

    public bool IsPortable(string system, string table) => Table(system, table).GetProperty("portability").GetBoolean();

    private JsonElement Table(string system, string table) => person.GetProperty("systems").GetProperty(system).GetProperty(table);
}
