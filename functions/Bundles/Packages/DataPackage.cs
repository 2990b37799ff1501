using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Bundles.Packages;

/// <summary>
/// Writes <c>datapackage.json</c>: Data Package v2 with Table Schema, so that a program can check and load every file, and the same
/// file read as JSON-LD says in the W3C's Data Privacy Vocabulary what for, on what basis and how we came to have
/// it (law.md, bundle standards).
/// </summary>
internal static class DataPackage
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="others">Files of the package that are no tables.</param>
    public static string Describe(
        WrittenPackage package, IReadOnlyList<PackageFile> others, BundleRequest request, ControllerSettings controller) => new JsonObject
        {
            ["@context"] = PrivacyVocabulary.Context(),
            ["@type"] = "dpv:Process",
            ["$schema"] = "https://datapackage.org/profiles/2.0/datapackage.json",
            ["name"] = $"{request.Case}-{package.Contents.Right}".ToLowerInvariant(),
            ["title"] = package.Contents.Title,
            ["description"] = $"{package.Contents.Explanation} Each table is there twice, as JSON and as CSV. "
                + "The JSON is exact. In the CSV whatever a spreadsheet could run as a formula has an apostrophe in front, "
                + "control characters are replaced, and a missing value is empty; it starts with a UTF-8 byte order mark.",
            ["dpv:hasRight"] = PrivacyVocabulary.Right(package.Contents.Right),
            ["contributors"] = new JsonArray(
            new JsonObject { ["title"] = controller.LegalName, ["email"] = controller.Email, ["roles"] = new JsonArray("controller") }),
            ["resources"] = new JsonArray([
                .. package.Tables.SelectMany(table => Tabular(table, package.Folder)),
                .. others.Select(file => Other(file, package.Folder)),
            ]),
        }.ToJsonString(Readable) + "\n";

    private static IEnumerable<JsonNode> Tabular(PackagedTable table, string folder)
    {
        yield return Tabular(table, folder, table.Json, "json", "application/json");
        yield return Tabular(table, folder, table.Csv, "csv", "text/csv");
    }

    private static JsonObject Tabular(PackagedTable table, string folder, PackageFile file, string format, string mediaType)
    {
        var resource = new JsonObject
        {
            ["@type"] = "dpv:Process",
            ["name"] = $"{table.System.Key}.{table.Table.Name}.{format}",
            ["type"] = "table",
            ["path"] = file.Path[folder.Length..],
            ["title"] = $"{table.Table.Title} ({table.System.Name})",
            ["description"] = $"{table.Table.Description} {Paragraphs.Records(table.Records)}.",
            ["format"] = format,
            ["mediatype"] = mediaType,
            ["encoding"] = "utf-8",
            ["bytes"] = file.Bytes,
            ["hash"] = $"sha256:{file.Sha256}",
            ["dialect"] = format == "json"
                ? new JsonObject { ["itemType"] = "object" }
                : new JsonObject
                {
                    ["delimiter"] = ",",
                    ["lineTerminator"] = "\r\n",
                    ["quoteChar"] = "\"",
                    ["doubleQuote"] = true,
                    ["header"] = true,
                },
            ["sources"] = new JsonArray([.. table.Table.Sources.Select(source => new JsonObject { ["title"] = source })]),
            ["schema"] = Schema(table),
        };
        foreach (var (term, value) in PrivacyVocabulary.Of(table.Table))
            resource[term] = value;
        return resource;
    }

    private static JsonObject Schema(PackagedTable table)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://datapackage.org/profiles/2.0/tableschema.json",
            ["fields"] = new JsonArray([.. table.Fields.Select(field => Field(field, table.Table))]),
        };
        var names = table.Fields.Select(field => field.Name).ToHashSet();
        if (table.Table.Key.Count > 0 && table.Table.Key.All(names.Contains))
            schema["primaryKey"] = new JsonArray([.. table.Table.Key.Select(name => JsonValue.Create(name))]);
        return schema;
    }

    private static JsonObject Field(TableField field, SystemTable table) => new()
    {
        ["@type"] = PrivacyVocabulary.Origin(field.Origin),
        ["name"] = field.Name,
        ["type"] = field.Type.ToString().ToLowerInvariant(),
        ["title"] = field.Title,
        ["description"] = field.Description,
        ["dpv:hasLegalBasis"] = PrivacyVocabulary.Basis(field.LegalBasis ?? table.LegalBasis),
    };

    private static JsonObject Other(PackageFile file, string folder)
    {
        var path = file.Path[folder.Length..];
        var format = Path.GetExtension(path)[1..];
        return new JsonObject
        {
            ["name"] = path.ToLowerInvariant().Replace('/', '.'),
            ["path"] = path,
            ["title"] = format switch
            {
                "html" => "The page to read",
                "txt" => "How to use these files",
                _ => "The data package inside this one",
            },
            ["format"] = format,
            ["mediatype"] = format switch { "html" => "text/html", "txt" => "text/plain", _ => "application/json" },
            ["encoding"] = "utf-8",
            ["bytes"] = file.Bytes,
            ["hash"] = $"sha256:{file.Sha256}",
        };
    }
}
