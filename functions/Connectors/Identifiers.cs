using System.Text.Json;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Connectors;

/// <summary>
/// By what a person is known in our systems: kinds, such as <c>email</c> or <c>customer-id</c>, and for each the values that are theirs.
/// Immutable. Personal data: it lives in the case's storage, so it prints only its size.
/// </summary>
public sealed class Identifiers
{
    /// <summary>
    /// Where every search starts. Compared without regard to the case of A to Z and with the domain in either form (RFC 5890); all other
    /// kinds are compared exactly but for space at their ends, or by the table's <see cref="MatchRule"/>.
    /// </summary>
    public const string Email = FindBy.Email;

    private readonly SortedDictionary<string, SortedSet<string>> values = new(StringComparer.Ordinal);

    public static Identifiers None { get; } = new();

    public int Count => values.Values.Sum(set => set.Count);

    /// <summary>The values of a kind in ordinal order; addresses in lowercase, with the domain in its ASCII form.</summary>
    public IReadOnlyCollection<string> this[string kind] => values.TryGetValue(kind, out var found) ? found : [];

    public bool Has(string kind, string value) => values.TryGetValue(kind, out var found) && found.Contains(Normal(kind, value));

    /// <summary>With one more value. An empty one is nobody's, so it changes nothing.</summary>
    public Identifiers With(string kind, string value)
    {
        if (string.IsNullOrWhiteSpace(value) || Has(kind, value))
            return this;
        var more = Copy();
        if (!more.values.TryGetValue(kind, out var set))
            more.values[kind] = set = new SortedSet<string>(StringComparer.Ordinal);
        set.Add(Normal(kind, value));
        return more;
    }

    public Identifiers Without(string kind, string value)
    {
        if (!Has(kind, value))
            return this;
        var less = Copy();
        less.values[kind].Remove(Normal(kind, value));
        if (less.values[kind].Count == 0)
            less.values.Remove(kind);
        return less;
    }

    /// <summary>The same identifiers give the same text.</summary>
    public string ToJson() => JsonSerializer.Serialize(values);

    /// <exception cref="JsonException">Not what <see cref="ToJson"/> wrote.</exception>
    public static Identifiers FromJson(string json)
    {
        var read = JsonSerializer.Deserialize<Dictionary<string, string[]>>(json) ?? throw new JsonException("Holds no identifiers.");
        return read.SelectMany(kind => kind.Value, (kind, value) => (kind.Key, value))
            .Aggregate(None, (all, one) => all.With(one.Key, one.value));
    }

    public override string ToString() => $"{Count} identifiers of {values.Count} kinds";

    /// <summary>
    /// The values of a kind as a table may have written them: an address with its domain in either form, anything else by the table's rule.
    /// Where case says nothing, in lowercase.
    /// </summary>
    public IReadOnlyCollection<string> Forms(SystemTable table, string kind) =>
        [
            .. this[kind].SelectMany(value => kind == Email ? AddressForm.Of(value) : table.RuleOf(kind).FormsOf(value))
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>Whether a table's values of a kind are compared without regard to the case of A to Z.</summary>
    public static bool IgnoreCase(SystemTable table, string kind) => kind == Email || table.RuleOf(kind).IgnoresCase;

    internal static string Normal(string kind, string value)
    {
        var trimmed = value.Trim();
        return kind == Email
            ? AddressForm.Ascii(string.Create(trimmed.Length, trimmed, static (to, from) => ToLower(from, to)))
            : trimmed;
    }

    // A to Z only, as the databases do it under any locale: 'K' is not the Kelvin sign, and a Turkish server changes nothing.
    private static void ToLower(string from, Span<char> to)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = from[i] is >= 'A' and <= 'Z' ? (char)(from[i] | 0x20) : from[i];
    }

    private Identifiers Copy()
    {
        var copy = new Identifiers();
        foreach (var (kind, set) in values)
            copy.values[kind] = new SortedSet<string>(set, StringComparer.Ordinal);
        return copy;
    }
}
