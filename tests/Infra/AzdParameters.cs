using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Tests.Conventions;

namespace Spectrum.PrivacyFlows.Tests.Infra;

/// <summary>infra/main.parameters.json as azd fills it in: the variable of the environment, or what stands after its equals sign.</summary>
internal static partial class AzdParameters
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["AZURE_ENV_NAME"] = "privacyflows-azd",
        ["AZURE_LOCATION"] = "uksouth",
        ["MAILBOX_ADDRESS"] = "privacy@example.org",
        ["MAILBOX_NAME"] = "Data Privacy",
        ["OFFICER_ADDRESS"] = "officer@example.org",
        ["ESCALATION_ADDRESS"] = "director@example.org",
        ["ALERT_ADDRESS"] = "operations@example.org",
    };

    /// <summary>Parameter name to variable and default; the default is null where azd asks.</summary>
    public static IReadOnlyDictionary<string, (string Variable, string? Default)> All { get; } = Read();

    /// <summary>As lines of a .bicepparam file. azd turns text into numbers and truth values where the template wants them.</summary>
    public static IEnumerable<string> AsBicep()
    {
        var parameters = InfraTemplate.Compiled.GetProperty("parameters");
        foreach (var (name, (variable, standard)) in All)
        {
            var value = standard ?? Environment[variable];
            yield return parameters.GetProperty(name).GetProperty("type").GetString() switch
            {
                "int" => $"param {name} = {int.Parse(value, CultureInfo.InvariantCulture)}",
                "bool" => $"param {name} = {(bool.Parse(value) ? "true" : "false")}",
                _ => $"param {name} = '{value}'",
            };
        }
    }

    private static Dictionary<string, (string Variable, string? Default)> Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "infra/main.parameters.json")));
        return file.RootElement.GetProperty("parameters").EnumerateObject().ToDictionary(parameter => parameter.Name, parameter =>
        {
            var match = Variable().Match(parameter.Value.GetProperty("value").GetString()!);
            Assert.True(match.Success, $"{parameter.Name} is not taken from a variable of the environment.");
            return (match.Groups["name"].Value, match.Groups["default"].Success ? match.Groups["default"].Value : null);
        });
    }

    [GeneratedRegex(@"^\$\{(?<name>[A-Z_]+)(=(?<default>[^}]*))?\}$")]
    private static partial Regex Variable();
}
