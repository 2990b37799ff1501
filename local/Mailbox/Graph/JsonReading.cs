using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalMailbox.Graph;

/// <summary>Values of a body that anybody may have written: of another kind than expected is 400, not a crash.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw WrongKind(name),
    };

    /// <summary>Clients also write "true": Graph's own documentation does.</summary>
    public static bool? Truth(this JsonObject json, string name) => json[name]?.ToString().ToUpperInvariant() switch
    {
        null => null,
        "TRUE" => true,
        "FALSE" => false,
        _ => throw WrongKind(name),
    };

    public static JsonObject? Object(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonObject inner => inner,
        _ => throw WrongKind(name),
    };

    public static IEnumerable<JsonObject>? Objects(this JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonArray array => array.Select(item => item as JsonObject ?? throw WrongKind(name)),
        _ => throw WrongKind(name),
    };

    private static GraphException WrongKind(string name) =>
        GraphException.BadRequest("RequestBodyRead", $"Cannot read the value of '{name}': it is not of the property's type.");
}
