using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Tests.Connectors;

/// <summary>Descriptions of systems, as far as a connector looks at them.</summary>
internal static class TestSystem
{
    public static SystemOfRecord Of(string kind, Dictionary<string, string> options, params SystemTable[] tables) => new()
    {
        Key = "under-test",
        Name = "Under test",
        Description = "Under test.",
        Owner = new SystemOwner("Somebody", "somebody@example.com"),
        Connector = new ConnectorSettings(kind, "Systems:UnderTest", options),
        Tables = tables,
    };

    public static SystemTable Table(
        string name, string key, IReadOnlyList<FindBy> find, Dictionary<string, string> options,
        params (string Name, FieldType Type)[] fields) => new()
        {
            Name = name,
            Title = name,
            Description = name,
            Categories = ["any"],
            Purposes = ["any"],
            LegalBasis = LegalBasis.Contract,
            Recipients = ["nobody"],
            Sources = ["tests"],
            Retention = "none",
            Key = [key],
            Find = find,
            Options = options,
            Fields = [.. fields.Select(field => new TableField
            {
                Name = field.Name,
                Title = field.Name,
                Description = field.Name,
                Type = field.Type,
                Origin = DataOrigin.Observed,
            })],
        };
}
