namespace Spectrum.PrivacyFlows.DataMap;

/// <summary>What the data map may say about systems of one technology. A connector gives it, so that a mistake is found at start.</summary>
/// <param name="Name">The connector folder's name, as in <c>connector: kind:</c>.</param>
/// <param name="SystemOptions">The keys of <c>connector: options:</c>.</param>
/// <param name="TableOptions">The keys of a table's <c>options:</c>.</param>
public sealed record ConnectorKind(string Name, IReadOnlyList<OptionRule> SystemOptions, IReadOnlyList<OptionRule> TableOptions)
{
    /// <summary>
    /// The only fields that a table of this kind can give, by the table's options; null where the source decides.
    /// </summary>
    public Func<IReadOnlyDictionary<string, string>, IReadOnlyCollection<string>?> FieldsOf { get; init; } = _ => null;
}

/// <param name="Name">Lowercase letters and hyphens.</param>
/// <param name="Description">One sentence for the README and for editors.</param>
/// <param name="IsRequired">The data map must give it.</param>
/// <param name="Values">The only values allowed; empty where any is, of 1 to 200 characters.</param>
public sealed record OptionRule(string Name, string Description, bool IsRequired, IReadOnlyList<string> Values);
