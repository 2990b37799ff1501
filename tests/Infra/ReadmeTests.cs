using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Tests.Conventions;

namespace Spectrum.PrivacyFlows.Tests.Infra;

/// <summary>infra/README.md says all that is made and all that it may do; this holds it to that.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(SourceTree.Root, "infra/README.md"));

    [Theory]
    [InlineData("dev")]
    [InlineData("private")]
    [InlineData("private, scheduler, longest name")]
    public void EveryResource_IsInTheTable(string variant) => LayoutTests.AssertNone(
        InfraTemplate.Resources(variant)
            .Where(resource => IsOfItsOwn(resource.Type))
            .Select(resource => Token().Match(resource.Name).Groups["prefix"].Value)
            .Distinct(),
        prefix => prefix.Length == 0 || !Readme.Contains($"`{prefix}…", StringComparison.Ordinal));

    [Fact]
    public void EveryRole_IsInTheTable() =>
        LayoutTests.AssertNone(AccessTests.RoleNames, role => !Readme.Contains($"| {role} |", StringComparison.Ordinal));

    [Fact]
    public void EveryAlert_IsInTheTable() => LayoutTests.AssertNone(
        SourceTree.FilesIn("infra/alerts").Select(Path.GetFileName),
        file => !Readme.Contains($"(alerts/{file})", StringComparison.Ordinal));

    [Fact]
    public void EveryVariableOfTheEnvironment_IsExplained() => LayoutTests.AssertNone(
        AzdParameters.All.Values.Select(parameter => parameter.Variable).Where(variable => variable != "AZURE_ENV_NAME"),
        variable => !Readme.Contains(variable, StringComparison.Ordinal));

    [Fact]
    public void EveryOutputThatACommandAsksFor_IsThere()
    {
        var outputs = InfraTemplate.Compiled.GetProperty("outputs").EnumerateObject().Select(output => output.Name).ToHashSet();
        LayoutTests.AssertNone(AskedFor().Matches(Readme).Select(match => match.Groups[1].Value), name => !outputs.Contains(name));
    }

    [Fact]
    public void Links_LeadSomewhere() => LayoutTests.AssertNone(
        Link().Matches(Readme).Select(match => match.Groups[1].Value),
        target => !Path.Exists(Path.Combine(SourceTree.Root, "infra", target)));

    [Fact]
    public void Folders_AreShallowAndSmall()
    {
        LayoutTests.AssertNone(SourceTree.Folders("infra"), folder => folder.Count(character => character == '/') > 3);
        LayoutTests.AssertNone(SourceTree.Folders("infra"), folder => SourceTree.FilesIn(folder).Count > 12);
    }

    // Not what lies within another resource, nor what has a fixed or generated name.
    private static bool IsOfItsOwn(string type) =>
        type.Count(character => character == '/') == 1
        && type is not ("Microsoft.Resources/resourceGroups" or "Microsoft.Authorization/roleAssignments"
            or "Microsoft.Insights/diagnosticSettings" or "Microsoft.Insights/workbooks" or "Microsoft.Network/privateDnsZones");

    [GeneratedRegex("^(?<prefix>[a-z]+-?)[a-z0-9]{13}(-|$)")]
    private static partial Regex Token();

    [GeneratedRegex(@"azd env get-value ([A-Z_]+)")]
    private static partial Regex AskedFor();

    // Without the documents that others keep: docs/ and exchange/.
    [GeneratedRegex(@"\]\((?!https?:|#|\.\./docs/|exchange/)([^)#]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
