using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Spectrum.PrivacyFlows.DataMap.Loading;

/// <summary>Reads how a table writes identifiers.</summary>
internal sealed partial class MatchingReader(ErrorList errors)
{
    public static readonly IReadOnlyList<string> Keys = ["case", "domains"];

    /// <param name="find">What the table is searched by.</param>
    public Dictionary<string, MatchRule> Read(YamlMappingNode? matching, IReadOnlyList<FindBy> find)
    {
        var rules = new Dictionary<string, MatchRule>();
        foreach (var (key, value) in matching?.Children.AsEnumerable() ?? [])
        {
            var kind = (key as YamlScalarNode)?.Value ?? "";
            if (find.All(known => known.Identifier != kind))
                errors.Add(key, $"'matching' names '{kind}', by which this table is not searched.");
            else if (kind == FindBy.Email)
                errors.Add(key, "'matching' says nothing of 'email': addresses have one rule for all.");
            else if (value is not YamlMappingNode node)
                errors.Add(value, $"'{kind}' must be a mapping of {string.Join(" and ", Keys)}.");
            else
                rules[kind] = Read(new MappingReader(node, "a kind of identifier in 'matching'", Keys, errors), node);
        }
        return rules;
    }

    private MatchRule Read(MappingReader reader, YamlMappingNode node)
    {
        var letters = reader.OptionalText("case");
        if (letters is not ("" or "exact" or "ignored"))
            errors.Add(reader.Place("case"), "'case' must be one of exact, ignored.");
        var hasDomains = node.Children.Keys.OfType<YamlScalarNode>().Any(key => key.Value == "domains");
        var domains = hasDomains ? reader.Texts("domains") : [];
        if (domains.Any(domain => !Domain().IsMatch(domain)))
            errors.Add(reader.Place("domains"), "A domain is 1 to 100 letters, digits, dots, hyphens and underscores.");
        return new MatchRule(letters == "ignored", domains);
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,100}\z")]
    private static partial Regex Domain();
}
