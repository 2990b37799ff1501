using System.Text.Json.Nodes;
using LocalMailbox.Store;

namespace LocalMailbox.Graph;

/// <summary>The marks that a JSON message carries.</summary>
internal static class MarksOf
{
    public static Marks Json(JsonObject message) => new()
    {
        IsRead = message.Truth("isRead"),
        Categories = message["categories"] is JsonArray categories
            ? [.. categories.Select(category => category?.GetValue<string>() ?? "")]
            : null,
        Flag = (message["flag"] as JsonObject)?.Text("flagStatus"),
        Properties = ExtendedProperties(message),
    };

    private static Dictionary<string, string>? ExtendedProperties(JsonObject message) =>
        (message["singleValueExtendedProperties"] as JsonArray)?.OfType<JsonObject>().ToDictionary(
            property => property.Text("id") ?? throw GraphException.Invalid("An extended property needs an id."),
            property => property.Text("value") ?? "",
            StringComparer.OrdinalIgnoreCase);
}
