using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Tests.Bundles;

/// <summary>Two systems with a table of each sort that matters to a bundle.</summary>
internal static class ExampleSystems
{
    public static SystemTable Customers { get; } = Table("customers", "Customers", LegalBasis.Contract, ["id"],
        Field("id", FieldType.Integer, DataOrigin.Derived),
        Field("name", FieldType.String, DataOrigin.Provided),
        Field("email", FieldType.String, DataOrigin.Provided),
        Field("newsletter", FieldType.Boolean, DataOrigin.Provided, LegalBasis.Consent),
        Field("score", FieldType.Number, DataOrigin.Inferred)) with
    {
        AutomatedDecisions = "A score below 0.3 means payment in advance.",
    };

    public static SystemTable Notes { get; } = Table("notes", "Notes", LegalBasis.LegitimateInterests, ["id"],
        Field("id", FieldType.Integer, DataOrigin.Derived),
        Field("text", FieldType.String, DataOrigin.Derived)) with
    {
        Transfers = "Ireland, under the UK's adequacy regulations.",
    };

    public static SystemTable Jobs { get; } = Table("jobs", "Print jobs", LegalBasis.Contract, ["id"],
        Field("id", FieldType.String, DataOrigin.Observed),
        Field("at", FieldType.Datetime, DataOrigin.Observed),
        Field("document", FieldType.String, DataOrigin.Observed),
        Field("pages", FieldType.Integer, DataOrigin.Observed));

    public static SystemOfRecord Crm { get; } = System("crm", "Customer records", Customers, Notes);

    public static SystemOfRecord Print { get; } = System("print", "Print service", Jobs);

    public static SystemOfRecord System(string key, string name, params SystemTable[] tables) => new()
    {
        Key = key,
        Name = name,
        Description = $"What {name.ToLowerInvariant()} are for.",
        Owner = new SystemOwner("Kim Owner", "kim@owner.example"),
        Connector = new ConnectorSettings("Sql", "Setting", new Dictionary<string, string>()),
        Tables = tables,
    };

    public static SystemTable Table(string name, string title, LegalBasis basis, IReadOnlyList<string> key, params TableField[] fields) =>
        new()
        {
            Name = name,
            Title = title,
            Description = $"{title} of ours.",
            Categories = [$"Category of {name}"],
            Purposes = [$"Purpose of {name}"],
            LegalBasis = basis,
            Recipients = [$"Recipient of {name}"],
            Sources = [$"Source of {name}"],
            Retention = $"Retention of {name}",
            Key = key,
            Find = [new FindBy(fields[0].Name, "email")],
            Fields = fields,
        };

    public static TableField Field(string name, FieldType type, DataOrigin origin, LegalBasis? basis = null) => new()
    {
        Name = name,
        Title = char.ToUpperInvariant(name[0]) + name[1..],
        Description = $"The {name}.",
        Type = type,
        Origin = origin,
        LegalBasis = basis,
    };
}
