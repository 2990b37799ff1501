using System.Text.Json.Nodes;

namespace LocalDemo;

/// <summary>
/// A person of the sample systems, with the keys of the records that are theirs, as <c>local/Systems</c> wrote them down.
/// </summary>
/// <param name="Tables">By <c>system/table</c>.</param>
public sealed record SamplePerson(string Address, IReadOnlyDictionary<string, ExpectedTable> Tables)
{
    /// <summary>The first address of a person, by their place in the file.</summary>
    public static async Task<string> AddressAsync(string expectedFile, int index, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(expectedFile);
        return (string)(await JsonNode.ParseAsync(file, cancellationToken: cancellation))!["people"]![index]!["addresses"]![0]!;
    }

    /// <param name="expectedFile">The path of <c>expected.json</c>.</param>
    /// <param name="address">One of the person's addresses; null for the first person.</param>
    public static async Task<SamplePerson> ReadAsync(string expectedFile, string? address, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(expectedFile);
        var expected = await JsonNode.ParseAsync(file, cancellationToken: cancellation);
        var person = expected!["people"]!.AsArray()
            .First(candidate => address is null || candidate!["addresses"]!.AsArray().Any(a => (string?)a == address))!;
        var tables =
            from system in person["systems"]!.AsObject()
            from table in system.Value!.AsObject()
            let keys = table.Value!["keys"]!.AsArray().Select(key => string.Join('|', key!.AsArray().Select(part => part!.ToString())))
            select new
            {
                Name = $"{system.Key}/{table.Key}",
                Expected = new ExpectedTable((bool)table.Value!["portability"]!, keys.ToHashSet()),
            };
        return new SamplePerson(
            address ?? (string)person["addresses"]![0]!, tables.ToDictionary(table => table.Name, table => table.Expected));
    }
}

/// <param name="IsPortable">Whether the records belong to portability too (P1).</param>
public sealed record ExpectedTable(bool IsPortable, IReadOnlySet<string> Keys);
