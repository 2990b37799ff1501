using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Operations.Health;
using YamlDotNet.RepresentationModel;

namespace Spectrum.PrivacyFlows.DataMap.Loading;

/// <summary>Reads one system from its file.</summary>
internal sealed partial class SystemReader(IReadOnlyList<ConnectorKind> kinds, ErrorList errors)
{
    public static readonly IReadOnlyList<string> Keys = ["name", "description", "owner", "connector", "tables"];
    public static readonly IReadOnlyList<string> OwnerKeys = ["name", "email"];
    public static readonly IReadOnlyList<string> ConnectorKeys = ["kind", "connection", "options"];

    /// <summary>The system, with stand-ins where <paramref name="root"/> has mistakes; they are in the error list.</summary>
    public SystemOfRecord Read(string key, YamlMappingNode root)
    {
        if (!SystemKey().IsMatch(key))
            errors.AddForFile(
                "A file's name (without .yaml) must be 1 to 40 lowercase letters, digits and hyphens, beginning with a letter; "
                + "it names the system.");
        var reader = new MappingReader(root, "a system", Keys, errors);
        var name = reader.Text("name");
        var description = reader.Text("description");
        var owner = ReadOwner(reader.Mapping("owner"));
        var (connector, kind) = ReadConnector(reader.Mapping("connector"));
        return new SystemOfRecord
        {
            Key = key,
            Name = name,
            Description = description,
            Owner = owner,
            Connector = connector,
            Tables = ReadTables(reader, kind),
        };
    }

    private SystemOwner ReadOwner(YamlMappingNode? node)
    {
        if (node is null)
            return new SystemOwner("", "");
        var reader = new MappingReader(node, "an owner", OwnerKeys, errors);
        var owner = new SystemOwner(reader.Text("name"), reader.Text("email"));
        if (owner.Email is not "" && !EmailAddress.TryParse(owner.Email, out _))
            errors.Add(reader.Place("email"), "'email' must be one email address.");
        return owner;
    }

    private (ConnectorSettings Connector, ConnectorKind? Kind) ReadConnector(YamlMappingNode? node)
    {
        if (node is null)
            return (new ConnectorSettings("", "", new Dictionary<string, string>()), null);
        var reader = new MappingReader(node, "a connector", ConnectorKeys, errors);
        var name = reader.Text("kind");
        var kind = kinds.FirstOrDefault(candidate => candidate.Name == name);
        if (kind is null && name is not "")
            errors.Add(
                reader.Place("kind"),
                $"There is no connector kind '{name}'; there are {string.Join(", ", kinds.Select(known => known.Name))}.");
        var connection = reader.Text(
            "connection", SettingName(), "the name of a setting, as in Systems:Sales; the connection itself stays out of the data map");
        return (new ConnectorSettings(name, connection, new OptionsReader(errors).Read(reader, kind?.SystemOptions)), kind);
    }

    private List<SystemTable> ReadTables(MappingReader reader, ConnectorKind? kind)
    {
        var tables = new List<SystemTable>();
        foreach (var node in reader.Mappings("tables", DataMapLimits.Tables))
        {
            var table = new TableReader(kind, errors).Read(node);
            if (table.Name is not "" && tables.Exists(earlier => earlier.Name == table.Name))
                errors.Add(node, $"The table '{table.Name}' is there twice.");
            tables.Add(table);
        }
        return tables;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex SystemKey();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*(:[A-Za-z0-9_]+)*$")]
    private static partial Regex SettingName();
}
