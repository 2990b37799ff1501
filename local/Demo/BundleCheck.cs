using System.IO.Compression;
using System.Text.Json.Nodes;

namespace LocalDemo;

/// <summary>
/// Compares a downloaded bundle with what the sample systems know: every record of the person's is there, and nobody else's.
/// </summary>
public static class BundleCheck
{
    /// <returns>How many records the bundle holds.</returns>
    /// <exception cref="InvalidOperationException">A table holds too few or too many; the message names it.</exception>
    public static async Task<int> RunAsync(string file, SamplePerson person, CancellationToken cancellation)
    {
        await using var zip = await ZipFile.OpenReadAsync(file, cancellation);
        var package = await ReadAsync(zip, "datapackage.json", cancellation);
        var total = 0;
        foreach (var (name, expected) in person.Tables)
        {
            var path = $"data/{name}.json";
            var resource = package["resources"]!.AsArray().FirstOrDefault(candidate => (string?)candidate!["path"] == path);
            var found = resource is null ? [] : Keys(await ReadAsync(zip, path, cancellation), resource);
            if (!found.SetEquals(expected.Keys))
                throw new InvalidOperationException(
                    $"{name}: {expected.Keys.Except(found).Count()} records are missing, "
                    + $"{found.Except(expected.Keys).Count()} are somebody else's.");
            total += found.Count;
        }
        return total;
    }

    private static HashSet<string> Keys(JsonNode records, JsonNode resource)
    {
        var fields = resource["schema"]!["primaryKey"] is JsonArray several
            ? several.Select(field => (string)field!).ToList()
            : [(string)resource["schema"]!["primaryKey"]!];
        return [.. records.AsArray().Select(record => string.Join('|', fields.Select(field => record![field]!.ToString())))];
    }

    private static async Task<JsonNode> ReadAsync(ZipArchive zip, string path, CancellationToken cancellation)
    {
        var entry = zip.GetEntry(path) ?? throw new InvalidOperationException($"The bundle has no {path}.");
        await using var stream = await entry.OpenAsync(cancellation);
        return (await JsonNode.ParseAsync(stream, cancellationToken: cancellation))!;
    }
}
