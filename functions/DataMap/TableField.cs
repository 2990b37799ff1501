namespace Spectrum.PrivacyFlows.DataMap;

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
