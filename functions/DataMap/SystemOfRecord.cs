namespace Spectrum.PrivacyFlows.DataMap;

/// <summary>One system that holds personal data, as its YAML file describes it. What a person reads about it comes from here.</summary>
public sealed record SystemOfRecord
{
    /// <summary>The file's name without its ending: lowercase letters, digits and hyphens, 1 to 40 characters. Names folders in the bundle.</summary>
    public required string Key { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, in a sentence or two of plain words.</summary>
    public required string Description { get; init; }

    public required SystemOwner Owner { get; init; }

    public required ConnectorSettings Connector { get; init; }

    /// <summary>In the order in which people read them.</summary>
    public required IReadOnlyList<SystemTable> Tables { get; init; }
}

/// <summary>Who answers for the system, and is named to the officer when it fails.</summary>
public sealed record SystemOwner(string Name, string Email);

/// <param name="Kind">The connector folder's name: <c>Sql</c> or <c>BlobLog</c>.</param>
/// <param name="Connection">The name of the setting that holds the connection; the connection itself is never in the data map.</param>
/// <param name="Options">What else this kind wants, such as the SQL dialect.</param>
public sealed record ConnectorSettings(string Kind, string Connection, IReadOnlyDictionary<string, string> Options);

/// <summary>A set of records of one shape.</summary>
public sealed record SystemTable
{
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

    /// <summary>Further identifiers of the person that a found record gives.</summary>
    public IReadOnlyList<FindBy> Identifies { get; init; } = [];

    /// <summary>What else this table's connector wants, such as the name in the database or the blobs' prefix and format.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public required IReadOnlyList<TableField> Fields { get; init; }
}

/// <param name="Field">A field of the table.</param>
/// <param name="Identifier">A kind of identifier, such as <c>email</c> (where every search starts), <c>customer-id</c> or <c>login</c>.</param>
public sealed record FindBy(string Field, string Identifier);

public sealed record TableField
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required FieldType Type { get; init; }

    public required DataOrigin Origin { get; init; }

    /// <summary>Null where the table's basis holds.</summary>
    public LegalBasis? LegalBasis { get; init; }
}

/// <summary>Table Schema's types that the connectors give.</summary>
public enum FieldType
{
    String,
    Integer,
    Number,
    Boolean,
    Date,
    Datetime,
}

/// <summary>How we came to have it (P1): only what was provided or observed is portable.</summary>
public enum DataOrigin
{
    Provided,
    Observed,
    Derived,
    Inferred,
}

/// <summary>Article 6(1), a to f.</summary>
public enum LegalBasis
{
    Consent,
    Contract,
    LegalObligation,
    VitalInterests,
    PublicTask,
    LegitimateInterests,
}
