using System.Text.Json;
using Spectrum.PrivacyFlows.Connectors.BlobLog;
using Spectrum.PrivacyFlows.Connectors.Sql;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.DataMap.Loading;
using Spectrum.PrivacyFlows.Tests.Connectors;

namespace Spectrum.PrivacyFlows.Tests.DataMap;

public sealed class ShippedDataMapTests
{
    private static readonly ConnectorKind[] Kinds = [BlobLogConnector.Rules, SqlConnector.Rules];

    private readonly JsonElement schema =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(ShippedDataMap.Folder, "datamap.schema.json"))).RootElement;

    [Fact]
    public void Every_file_that_goes_out_with_the_app_is_right()
    {
        var catalogue = ShippedDataMap.Load();
        Assert.Equal(Directory.GetFiles(ShippedDataMap.Folder, "*.yaml").Length, catalogue.Systems.Count);
        Assert.All(catalogue.Systems, system => Assert.Same(system, catalogue[system.Key]));
        Assert.Throws<KeyNotFoundException>(() => catalogue["no-such-system"]);
    }

    [Fact]
    public void P1_Needs_every_origin_and_the_sample_has_them_all()
    {
        var origins = ShippedDataMap.Load().Systems
            .SelectMany(system => system.Tables)
            .SelectMany(table => table.Fields)
            .Select(field => field.Origin);
        Assert.Equal(Enum.GetValues<DataOrigin>().Order(), origins.Distinct().Order());
    }

    [Fact]
    public void R12_Decisions_by_machine_are_explained()
    {
        var tables = ShippedDataMap.Load().Systems.SelectMany(system => system.Tables).ToList();
        Assert.Contains(tables, table => table.AutomatedDecisions is not "");
        Assert.All(tables, table => Assert.NotEmpty(table.Retention));
    }

    [Fact]
    public void No_system_is_named_in_the_apps_code()
    {
        var tests = $"{Path.DirectorySeparatorChar}tests{Path.DirectorySeparatorChar}";
        var root = AppContext.BaseDirectory[..AppContext.BaseDirectory.IndexOf(tests, StringComparison.Ordinal)];
        var names = ShippedDataMap.Load().Systems
            .SelectMany(system => new[] { $"\"{system.Key}\"", system.Connector.Connection, system.Name })
            .ToList();
        var files = Directory.GetFiles(Path.Combine(root, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.All(names, name => Assert.DoesNotContain(name, File.ReadAllText(file), StringComparison.Ordinal)));
    }

    [Fact]
    public void The_schema_for_editors_knows_the_keys_that_the_loader_knows()
    {
        AssertKeys(schema, SystemReader.Keys, []);
        AssertKeys(schema.GetProperty("properties").GetProperty("owner"), SystemReader.OwnerKeys, []);
        AssertKeys(Definition("connector"), SystemReader.ConnectorKeys, ["options"]);
        AssertKeys(Definition("table"), [.. TableReader.Required, .. TableReader.Optional], TableReader.Optional);
        AssertKeys(Definition("field"), [.. TableReader.FieldRequired, .. TableReader.FieldOptional], TableReader.FieldOptional);
    }

    [Fact]
    public void The_schema_for_editors_knows_the_values_that_the_loader_knows()
    {
        AssertValues(Enum.GetValues<LegalBasis>().Select(Kebab.Of), Definition("legal-basis"));
        AssertValues(Enum.GetValues<DataOrigin>().Select(Kebab.Of), Property(Definition("field"), "origin"));
        AssertValues(Enum.GetValues<FieldType>().Select(Kebab.Of), Property(Definition("field"), "type"));
        AssertValues(Kinds.Select(kind => kind.Name), Property(Definition("connector"), "kind"));
        Assert.Equal(DataMapLimits.Tables, Property(schema, "tables").GetProperty("maxItems").GetInt32());
        Assert.Equal(DataMapLimits.Fields, Property(Definition("table"), "fields").GetProperty("maxItems").GetInt32());
        Assert.Equal(DataMapLimits.TextLength, Definition("text").GetProperty("maxLength").GetInt32());
    }

    [Fact]
    public void The_schema_for_editors_knows_the_options_of_every_connector_kind()
    {
        AssertOptions(Property(Definition("connector"), "options"), kind => kind.SystemOptions);
        AssertOptions(Property(Definition("table"), "options"), kind => kind.TableOptions);
    }

    private static void AssertOptions(JsonElement options, Func<ConnectorKind, IReadOnlyList<OptionRule>> of)
    {
        var rules = Kinds.SelectMany(kind => of(kind), (kind, rule) => (kind, rule)).ToList();
        Assert.Equal(
            rules.Select(pair => pair.rule.Name).Order(StringComparer.Ordinal),
            Names(options.GetProperty("properties")).Order(StringComparer.Ordinal));
        foreach (var (kind, rule) in rules)
        {
            Assert.Equal($"{kind.Name}: {rule.Description}", Property(options, rule.Name).GetProperty("description").GetString());
            if (rule.Values.Count > 0)
                AssertValues(rule.Values, Property(options, rule.Name));
        }
    }

    private static void AssertKeys(JsonElement mapping, IReadOnlyList<string> keys, IReadOnlyList<string> optional)
    {
        Assert.Equal(keys, Names(mapping.GetProperty("properties")));
        Assert.Equal(keys.Except(optional), mapping.GetProperty("required").EnumerateArray().Select(name => name.GetString()!));
        Assert.False(mapping.GetProperty("additionalProperties").GetBoolean());
    }

    private static void AssertValues(IEnumerable<string> expected, JsonElement of) =>
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            of.GetProperty("enum").EnumerateArray().Select(value => value.GetString()!).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Names(JsonElement properties) => properties.EnumerateObject().Select(property => property.Name);

    private static JsonElement Property(JsonElement mapping, string name) => mapping.GetProperty("properties").GetProperty(name);

    private JsonElement Definition(string name) => schema.GetProperty("$defs").GetProperty(name);
}
