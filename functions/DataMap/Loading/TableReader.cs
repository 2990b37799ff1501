using System.Globalization;
using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Operations.Health;
using YamlDotNet.RepresentationModel;

namespace Spectrum.PrivacyFlows.DataMap.Loading;

/// <summary>Reads one table of a system.</summary>
internal sealed partial class TableReader(ConnectorKind? kind, ErrorList errors)
{
    public static readonly IReadOnlyList<string> Required =
        [
            "name", "title", "description", "categories", "purposes", "legal-basis", "recipients", "sources", "retention", "key", "find",
            "fields",
        ];

    public static readonly IReadOnlyList<string> Optional =
        ["transfers", "automated-decisions", "matching", "identifies", "options", "malformed-limit"];

    public static readonly IReadOnlyList<string> FieldRequired = ["name", "title", "description", "type", "origin"];

    public static readonly IReadOnlyList<string> FieldOptional = ["legal-basis"];

    public SystemTable Read(YamlMappingNode node)
    {
        var reader = new MappingReader(node, "a table", [.. Required, .. Optional], errors);
        var fields = ReadFields(reader);
        var options = new OptionsReader(errors).Read(reader, kind?.TableOptions);
        CheckFieldsOfKind(reader, fields, options);
        var find = ReadFind(reader, reader.Mapping("find"), "find", fields);
        return new SystemTable
        {
            Name = reader.Text("name", TableName(), "1 to 60 lowercase letters, digits, hyphens and underscores, beginning with a letter"),
            Title = reader.Text("title"),
            Description = reader.Text("description"),
            Categories = reader.Texts("categories"),
            Purposes = reader.Texts("purposes"),
            LegalBasis = reader.Choice<LegalBasis>("legal-basis"),
            Recipients = reader.Texts("recipients"),
            Sources = reader.Texts("sources"),
            Retention = reader.Text("retention"),
            Transfers = reader.OptionalText("transfers"),
            AutomatedDecisions = reader.OptionalText("automated-decisions"),
            Key = ReadKey(reader, fields),
            Find = find,
            Matching = new MatchingReader(errors).Read(reader.OptionalMapping("matching"), find),
            Identifies = ReadFind(reader, reader.OptionalMapping("identifies"), "identifies", fields),
            Options = options,
            MalformedLimit = ReadLimit(reader),
            Fields = fields,
        };
    }

    private int ReadLimit(MappingReader reader)
    {
        const string Key = "malformed-limit";
        var text = reader.OptionalText(Key);
        if (text is "")
            return SystemTable.UsualMalformedLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit <= 100)
            return limit;
        errors.Add(reader.Place(Key), $"'{Key}' is how many values in 100 may be malformed: a whole number from 0 to 100.");
        return 0;
    }

    private List<TableField> ReadFields(MappingReader table)
    {
        var fields = new List<TableField>();
        foreach (var node in table.Mappings("fields", DataMapLimits.Fields))
        {
            var reader = new MappingReader(node, "a field", [.. FieldRequired, .. FieldOptional], errors);
            var field = new TableField
            {
                Name = reader.Text("name", FieldName(), "1 to 60 letters, digits, hyphens and underscores, beginning with a letter"),
                Title = reader.Text("title"),
                Description = reader.Text("description"),
                Type = reader.Choice<FieldType>("type"),
                Origin = reader.Choice<DataOrigin>("origin"),
                LegalBasis = reader.OptionalChoice<LegalBasis>("legal-basis"),
            };
            if (field.Name is not "" && fields.Exists(earlier => earlier.Name == field.Name))
                errors.Add(reader.Place("name"), $"The field '{field.Name}' is there twice.");
            fields.Add(field);
        }
        return fields;
    }

    private IReadOnlyList<string> ReadKey(MappingReader reader, List<TableField> fields)
    {
        var key = reader.Texts("key");
        foreach (var unknown in key.Where(name => !fields.Exists(field => field.Name == name)))
            errors.Add(reader.Place("key"), $"'key' names '{unknown}', which is no field of the table.");
        if (key.Distinct(StringComparer.Ordinal).Count() != key.Count)
            errors.Add(reader.Place("key"), "'key' names a field twice.");
        return key;
    }

    private List<FindBy> ReadFind(MappingReader reader, YamlMappingNode? node, string key, List<TableField> fields)
    {
        var found = new List<FindBy>();
        foreach (var (field, identifier) in reader.Pairs(node))
        {
            if (!fields.Exists(known => known.Name == field.Value))
                errors.Add(field, $"'{key}' names '{field.Value}', which is no field of the table.");
            else if (fields.Find(known => known.Name == field.Value)!.Type is not (FieldType.String or FieldType.Integer))
                errors.Add(field, $"'{key}' names '{field.Value}', which must be of type string or integer to name a person.");
            if (!IdentifierKind().IsMatch(identifier))
                errors.Add(
                    field,
                    "A kind of identifier is 1 to 40 lowercase letters, digits and hyphens, beginning with a letter, "
                        + "as in email or customer-id.");
            found.Add(new FindBy(field.Value!, identifier));
        }
        return found;
    }

    private void CheckFieldsOfKind(MappingReader reader, List<TableField> fields, Dictionary<string, string> options)
    {
        if (kind?.FieldsOf(options) is not { } known)
            return;
        foreach (var field in fields.Where(field => field.Name is not "" && !known.Contains(field.Name)))
            errors.Add(reader.Place("fields"), $"The source has no field '{field.Name}'; it has {string.Join(", ", known)}.");
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,59}$")]
    private static partial Regex TableName();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,59}$")]
    private static partial Regex FieldName();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex IdentifierKind();
}
