namespace Spectrum.PrivacyFlows.DataMap;

/// <summary>A set of records of one shape.</summary>
public sealed record SystemTable
{
    /// <summary>The <see cref="MalformedLimit"/> of a table that says none.</summary>
    public const int UsualMalformedLimit = 5;

    /// <summary>Lowercase letters, digits and hyphens or underscores, 1 to 60 characters. Names the file in the bundle.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<string> Categories { get; init; }

    public required IReadOnlyList<string> Purposes { get; init; }

    public required LegalBasis LegalBasis { get; init; }

    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>Where we got it, in plain words.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>How long it is kept, or by what rule, in plain words.</summary>
    public required string Retention { get; init; }

    /// <summary>Countries it is sent to outside the UK and the safeguard; empty when it stays.</summary>
    public string Transfers { get; init; } = "";

    /// <summary>The logic and effect of decisions made by machine with it; empty when there are none.</summary>
    public string AutomatedDecisions { get; init; } = "";

    /// <summary>The fields that together name a record; records are ordered by them.</summary>
    public required IReadOnlyList<string> Key { get; init; }

    /// <summary>How a person is found: any match counts.</summary>
    public required IReadOnlyList<FindBy> Find { get; init; }

    /// <summary>How this table writes identifiers, by their kind.</summary>
    public IReadOnlyDictionary<string, MatchRule> Matching { get; init; } = new Dictionary<string, MatchRule>();

    /// <summary>Further identifiers of the person that a found record gives.</summary>
    public IReadOnlyList<FindBy> Identifies { get; init; } = [];

    /// <summary>
    /// How many values in 100 of a field may be of another type than the map says, 0 to 100. More than these, and more than ten, fail the
    /// table; at 0 any does.
    /// </summary>
    public int MalformedLimit { get; init; } = UsualMalformedLimit;

    /// <summary>What else this table's connector wants, such as the name in the database or the blobs' prefix and format.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public required IReadOnlyList<TableField> Fields { get; init; }

    /// <summary>How this table writes identifiers of a kind.</summary>
    public MatchRule RuleOf(string identifier) => Matching.GetValueOrDefault(identifier, MatchRule.Exact);
}

/// <param name="Field">A field of the table.</param>
/// <param name="Identifier">
/// A kind of identifier, such as <c>email</c> (where every search starts), <c>customer-id</c> or <c>login</c>.
/// </param>
public sealed record FindBy(string Field, string Identifier)
{
    /// <summary>The kind at which every search starts.</summary>
    public const string Email = "email";
}
