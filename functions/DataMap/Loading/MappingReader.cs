using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Operations.Health;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Spectrum.PrivacyFlows.DataMap.Loading;

/// <summary>
/// One mapping, read key by key. What is wrong is noted where it stands and a stand-in is given, so that reading goes on
/// and finds the next mistake too.
/// </summary>
internal sealed class MappingReader
{
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);
    private readonly ErrorList errors;
    private readonly string what;

    /// <param name="what">What the mapping describes, for messages: <c>a table</c>.</param>
    /// <param name="keys">The keys that may be there.</param>
    public MappingReader(YamlMappingNode node, string what, IReadOnlyCollection<string> keys, ErrorList errors)
    {
        (Node, this.what, this.errors) = (node, what, errors);
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name } && keys.Contains(name))
                values[name] = value;
            else
                errors.Add(key, $"'{Quote(key)}' is no key of {what}; it knows {string.Join(", ", keys)}.");
        }
    }

    public YamlMappingNode Node { get; }

    /// <summary>Where a key's value stands, or the whole mapping where it is missing.</summary>
    public YamlNode Place(string key) => values.GetValueOrDefault(key, Node);

    public string Text(string key, Regex? pattern = null, string? patternInWords = null)
    {
        var text = Find(key) is { } node ? Scalar(node, key) : null;
        if (text is not null && pattern?.IsMatch(text) == false)
            errors.Add(Place(key), $"'{key}' must be {patternInWords}.");
        return text ?? "";
    }

    public string OptionalText(string key) => values.TryGetValue(key, out var node) ? Scalar(node, key) ?? "" : "";

    public T Choice<T>(string key) where T : struct, Enum => Find(key) is { } node ? Choice<T>(node, key) ?? default : default;

    public T? OptionalChoice<T>(string key) where T : struct, Enum => values.TryGetValue(key, out var node) ? Choice<T>(node, key) : null;

    /// <summary>A list of at least one text.</summary>
    public IReadOnlyList<string> Texts(string key) =>
        [.. Items(key, DataMapLimits.Texts).Select(item => Scalar(item, key)).OfType<string>()];

    /// <summary>A list of at least one mapping.</summary>
    public IEnumerable<YamlMappingNode> Mappings(string key, int limit)
    {
        foreach (var item in Items(key, limit))
        {
            if (item is YamlMappingNode mapping)
                yield return mapping;
            else
                errors.Add(item, $"An item of '{key}' must be a mapping ('key: value' lines).");
        }
    }

    public YamlMappingNode? Mapping(string key) => Find(key) is { } node ? AsMapping(node, key) : null;

    public YamlMappingNode? OptionalMapping(string key) => values.TryGetValue(key, out var node) ? AsMapping(node, key) : null;

    /// <summary>The <c>name: value</c> pairs of a mapping of texts.</summary>
    public IReadOnlyList<KeyValuePair<YamlScalarNode, string>> Pairs(YamlMappingNode? mapping) =>
        [.. from child in mapping?.Children.AsEnumerable() ?? []
            let name = child.Key as YamlScalarNode
            let value = Scalar(child.Value, Quote(child.Key))
            where name?.Value is not null && value is not null
            select KeyValuePair.Create(name, value)];

    private YamlNode? Find(string key)
    {
        if (values.TryGetValue(key, out var node))
            return node;
        errors.Add(Node, $"'{key}' is missing; {what} must have it.");
        return null;
    }

    private IReadOnlyList<YamlNode> Items(string key, int limit)
    {
        if (Find(key) is not { } node)
            return [];
        if (node is YamlSequenceNode { Children.Count: > 0 } list && list.Children.Count <= limit)
            return [.. list.Children];
        errors.Add(
            node,
            node is YamlSequenceNode { Children.Count: > 0 }
                ? $"'{key}' has more than {limit} items."
                : $"'{key}' must be a list with at least one item.");
        return [];
    }

    private YamlMappingNode? AsMapping(YamlNode node, string key)
    {
        if (node is YamlMappingNode { Children.Count: > 0 } mapping)
            return mapping;
        errors.Add(node, $"'{key}' must be a mapping with at least one 'key: value' line.");
        return null;
    }

    private T? Choice<T>(YamlNode node, string key) where T : struct, Enum
    {
        var text = Scalar(node, key);
        foreach (var value in Enum.GetValues<T>())
        {
            if (text == Kebab.Of(value))
                return value;
        }
        if (text is not null)
            errors.Add(node, $"'{key}' must be one of {string.Join(", ", Enum.GetValues<T>().Select(Kebab.Of))}.");
        return null;
    }

    private string? Scalar(YamlNode node, string key)
    {
        var reason = node switch
        {
            YamlScalarNode { Value: { Length: > DataMapLimits.TextLength } } =>
                $"'{key}' is longer than {DataMapLimits.TextLength} characters.",
            YamlScalarNode { Value: { } text, Style: var style } when !string.IsNullOrWhiteSpace(text)
                && !(style == ScalarStyle.Plain && text is "null" or "~") => null,
            YamlScalarNode => $"'{key}' must not be empty.",
            _ => $"'{key}' must be a text, not a list or a mapping.",
        };
        if (reason is not null)
            errors.Add(node, reason);
        return reason is null ? ((YamlScalarNode)node).Value!.Trim() : null;
    }

    private static string Quote(YamlNode key) =>
        key is YamlScalarNode { Value: { } name } ? name.Length <= 60 ? name : name[..60] + "…" : "a list or a mapping";
}
