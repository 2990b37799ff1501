using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.DataMap.Loading;

/// <summary>Reads <c>options:</c> by the rules of a connector kind.</summary>
internal sealed class OptionsReader(ErrorList errors)
{
    /// <param name="rules">Null where the kind is unknown, which has been said already; then any option passes.</param>
    public Dictionary<string, string> Read(MappingReader reader, IReadOnlyList<OptionRule>? rules)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in reader.Pairs(reader.OptionalMapping("options")))
        {
            options[name.Value!] = value;
            var rule = rules?.FirstOrDefault(candidate => candidate.Name == name.Value);
            if (rules is not null && rule is null)
                errors.Add(name, $"'{name.Value}' is no option here; {Known(rules)}.");
            if (rule is { Values.Count: > 0 } && !rule.Values.Contains(value))
                errors.Add(name, $"'{rule.Name}' must be one of {string.Join(", ", rule.Values)}.");
            if (value.Length > 200)
                errors.Add(name, $"'{name.Value}' is longer than 200 characters.");
        }
        foreach (var missing in rules?.Where(rule => rule.IsRequired && !options.ContainsKey(rule.Name)) ?? [])
            errors.Add(reader.Place("options"), $"The option '{missing.Name}' is missing: {missing.Description}");
        return options;
    }

    private static string Known(IReadOnlyList<OptionRule> rules) =>
        rules.Count == 0
            ? "this connector kind has none"
            : $"this connector kind knows {string.Join(", ", rules.Select(rule => rule.Name))}";
}
