namespace Spectrum.PrivacyFlows.DataMap;

/// <summary>How a table writes identifiers of one kind, where that is not how others do.</summary>
/// <param name="IgnoresCase">Whether the case of A to Z says nothing, as with logins of Windows.</param>
/// <param name="Domains">Domains that may stand with a login: <c>SPECTRUM</c> for <c>SPECTRUM\ann</c> and <c>ann@SPECTRUM</c>.</param>
public sealed record MatchRule(bool IgnoresCase, IReadOnlyList<string> Domains)
{
    /// <summary>Of a kind of which the data map says nothing.</summary>
    public static readonly MatchRule Exact = new(IgnoresCase: false, []);

    /// <summary>An identifier in every way in which this table may have it, in a fixed order.</summary>
    public IEnumerable<string> FormsOf(string identifier)
    {
        var plain = Domains.Select(domain => Without(identifier, domain)).FirstOrDefault(bare => bare.Length > 0) ?? identifier;
        var forms = Domains.SelectMany(domain => (string[])[$@"{domain}\{plain}", $"{plain}@{domain}"]).Prepend(plain).Append(identifier);
        return forms.Select(form => IgnoresCase ? form.ToLowerInvariant() : form).Distinct(StringComparer.Ordinal);
    }

    private static string Without(string identifier, string domain) =>
        identifier.StartsWith(domain + @"\", StringComparison.OrdinalIgnoreCase) ? identifier[(domain.Length + 1)..]
        : identifier.EndsWith("@" + domain, StringComparison.OrdinalIgnoreCase) ? identifier[..^(domain.Length + 1)]
        : "";
}
