using System.Text.Json;
using Spectrum.PrivacyFlows.Tests.Bundles;

namespace Spectrum.PrivacyFlows.Tests.Infra;

/// <summary>One resource that a deployment would make, with its names, conditions and loops worked out.</summary>
internal sealed record ArmResource(string Type, string Name, string Id, JsonElement Body)
{
    public static ArmResource From(JsonElement body) =>
        new(body.GetProperty("type").GetString()!, body.GetProperty("name").GetString()!, body.GetProperty("id").GetString()!, body);

    /// <summary>What stands at a path such as <c>properties.sku.name</c>; null where the resource does not say.</summary>
    public JsonElement? At(string path)
    {
        var element = Body;
        foreach (var part in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
                return null;
        }

        return element;
    }

    public string? Text(string path) => At(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Says it, and says this.</summary>
    public void Says(string path, bool expected) =>
        Assert.True(
            At(path)?.ValueKind == (expected ? JsonValueKind.True : JsonValueKind.False), $"{Type} {Name}: {path} is not {expected}.");

    public void Says(string path, string expected) =>
        Assert.True(Text(path) == expected, $"{Type} {Name}: {path} is {Text(path) ?? "not said"}, not {expected}.");

    public override string ToString() => $"{Type} {Name}";
}
