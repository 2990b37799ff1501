using System.Text.Json;
using LocalHost.Worker.Rpc;

namespace LocalHost.Worker;

/// <summary>A function of the app, as the worker's metadata has it.</summary>
internal sealed class Function
{
    private readonly List<JsonElement> bindings;

    public Function(FunctionEntry entry)
    {
        (Id, Name) = (entry.FunctionId, entry.Name);
        bindings = [.. entry.RawBindings.Select(binding => JsonSerializer.Deserialize<JsonElement>(binding))];
        Trigger = bindings.Single(binding => TypeOf(binding).EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
    }

    public string Id { get; }

    public string Name { get; }

    /// <summary>The binding that sets it off.</summary>
    public JsonElement Trigger { get; }

    /// <summary>As in <c>httpTrigger</c>.</summary>
    public string TriggerType => TypeOf(Trigger);

    /// <summary>The parameters that want a durable client.</summary>
    public IEnumerable<string> DurableClients => bindings.Where(binding => TypeOf(binding) == "durableClient").Select(NameOf);

    public string TriggerName => NameOf(Trigger);

    /// <returns>Null where the trigger does not say.</returns>
    public string? Text(string property) =>
        Trigger.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public bool Flag(string property, bool otherwise) =>
        Trigger.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : otherwise;

    /// <summary>The methods of an HTTP trigger, in capitals; none: all.</summary>
    public string[] Methods =>
        Trigger.TryGetProperty("methods", out var methods) && methods.ValueKind == JsonValueKind.Array
            ? [.. methods.EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())]
            : [];

    private static string TypeOf(JsonElement binding) => binding.GetProperty("type").GetString()!;

    private static string NameOf(JsonElement binding) => binding.GetProperty("name").GetString()!;
}
