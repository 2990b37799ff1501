using System.Text.Json.Nodes;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Bundles.Packages;

/// <summary>
/// The terms of the W3C's Data Privacy Vocabulary (DPV 2) and its GDPR extension for what the data map knows. The UK GDPR has the
/// articles' numbers of the EU's, and no vocabulary of its own.
/// </summary>
internal static class PrivacyVocabulary
{
    /// <summary>Makes a Data Package readable as JSON-LD: its resources are processes, its fields the personal data in them.</summary>
    public static JsonObject Context() => new()
    {
        ["@version"] = 1.1,
        ["dpv"] = "https://w3id.org/dpv#",
        ["eu-gdpr"] = "https://w3id.org/dpv/legal/eu/gdpr#",
        ["dcterms"] = "http://purl.org/dc/terms/",
        ["resources"] = new JsonObject { ["@id"] = "dpv:hasProcess" },
        ["schema"] = "@nest",
        ["fields"] = new JsonObject { ["@id"] = "dpv:hasPersonalData" },
        ["name"] = "dcterms:identifier",
        ["title"] = "dcterms:title",
        ["description"] = "dcterms:description",
    };

    public static JsonObject Right(Right right) => Reference($"eu-gdpr:A{(int)right}");

    public static JsonObject Basis(LegalBasis basis) => Reference($"eu-gdpr:A6-1-{(char)('a' + (int)basis)}");

    public static string Origin(DataOrigin origin) => $"dpv:{origin}PersonalData";

    public static IEnumerable<(string Term, JsonNode Value)> Of(SystemTable table)
    {
        yield return ("dpv:hasPurpose", Described("dpv:Purpose", table.Purposes));
        yield return ("dpv:hasLegalBasis", Basis(table.LegalBasis));
        yield return ("dpv:hasRecipient", Described("dpv:Recipient", table.Recipients));
        yield return ("dpv:hasDataSource", Described("dpv:DataSource", table.Sources));
        yield return ("dpv:hasStorageCondition", Described("dpv:StorageCondition", [table.Retention]));
    }

    private static JsonObject Reference(string term) => new() { ["@id"] = term };

    private static JsonArray Described(string type, IReadOnlyList<string> texts) =>
        [.. texts.Select(text => new JsonObject { ["@type"] = type, ["description"] = text })];
}
