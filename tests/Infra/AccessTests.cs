using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Tests.Bundles;
using Spectrum.PrivacyFlows.Tests.Conventions;

namespace Spectrum.PrivacyFlows.Tests.Infra;

public sealed partial class AccessTests
{
    private const string Assignments = "Microsoft.Authorization/roleAssignments";

    private static readonly Dictionary<string, string> Roles = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    public static IEnumerable<string> RoleNames => Roles.Values;

    public static TheoryData<string> Variants => InfraTemplate.Variants;

    [Theory]
    [MemberData(nameof(Variants))]
    public void RoleAssignments_AreTheseAndNoOthers(string variant)
    {
        List<string> expected =
        [
            "sthost: Storage Blob Data Owner",
            "stcases: Storage Blob Data Contributor",
            "stcases: Storage Table Data Contributor",
            "stbundles: Storage Blob Data Contributor",
            "appi: Monitoring Metrics Publisher",
            .. ReadSecrets(variant).Select(secret => $"kv/{secret}: Key Vault Secrets User"),
        ];
        expected.AddRange(InfraTemplate.UsesScheduler(variant)
            ? ["dts/PrivacyFlows: Durable Task Data Contributor"]
            : ["sthost: Storage Queue Data Contributor", "sthost: Storage Table Data Contributor"]);
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            InfraTemplate.Resources(variant, Assignments).Select(Described).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void RoleAssignments_GoToTheAppsIdentity_AndSayWhatFor(string variant) =>
        Assert.All(InfraTemplate.Resources(variant, Assignments), assignment =>
        {
            assignment.Says("properties.principalType", "ServicePrincipal");
            Assert.EndsWith(".outputs.principalId.value]", assignment.Text("properties.principalId"), StringComparison.Ordinal);
            Assert.Contains("'identity-{0}'", assignment.Text("properties.principalId"), StringComparison.Ordinal);
            Assert.NotEmpty(assignment.Text("properties.description")!);
        });

    [Theory]
    [MemberData(nameof(Variants))]
    public void RoleAssignments_AreOnOneResource_NotOnTheGroupOrTheSubscription(string variant) =>
        Assert.All(InfraTemplate.Resources(variant, Assignments), assignment => Assert.Matches(OnAResource(), assignment.Id));

    [Fact]
    public void RoleAssignments_InTheTemplate_HaveAScope()
    {
        var assignments = InfraTemplate.CompiledResources()
            .Where(resource => resource.GetProperty("type").GetString() == Assignments)
            .ToList();
        Assert.NotEmpty(assignments);
        Assert.All(assignments, assignment => Assert.True(assignment.TryGetProperty("scope", out _)));
    }

    [Fact]
    public void RoleAssignments_HaveACommentThatSaysWhoNeedsThem()
    {
        var files = SourceTree.FilesIn("infra/modules/access").Select(file => File.ReadAllLines(Path.Combine(SourceTree.Root, file)));
        var before = files
            .SelectMany(lines => lines.Zip(lines.Skip(1)))
            .Where(pair => pair.Second.StartsWith("resource ", StringComparison.Ordinal)
                && pair.Second.Contains(Assignments, StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(before);
        Assert.All(before, pair => Assert.StartsWith("//", pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public void RoleAssignments_LieInOneFolder() => LayoutTests.AssertNone(
        SourceTree.Folders("infra")
            .Where(folder => folder != "infra/modules/access")
            .SelectMany(SourceTree.FilesIn)
            .Where(file => file.EndsWith(".bicep", StringComparison.Ordinal)),
        file => File.ReadAllText(Path.Combine(SourceTree.Root, file)).Contains(Assignments, StringComparison.Ordinal));

    private static IEnumerable<string> ReadSecrets(string variant)
    {
        string[] systems = ["systems-crm", "systems-print-jobs", "systems-web-access"];
        string[] keys = variant == "prod, later" ? ["links-key-3", "links-key-2"] : ["links-key-1"];
        return [.. keys, "mailbox-client-state", .. systems];
    }

    private static string Described(ArmResource assignment)
    {
        var scope = OnAResource().Match(assignment.Id).Groups["scope"].Value;
        var names = scope.Split('/').Where((_, i) => i > 0 && i % 2 == 0).Select(name => Token().Replace(name, ""));
        return $"{string.Join('/', names)}: {Roles[assignment.Text("properties.roleDefinitionId")!.Split('/')[^1]]}";
    }

    [GeneratedRegex(
        @"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/(?<scope>Microsoft\.[^/]+(/[^/]+/[^/]+)+)/providers/Microsoft\.Authorization/roleAssignments/[0-9a-f-]{36}$")]
    private static partial Regex OnAResource();

    [GeneratedRegex("-?[a-z0-9]{13}$")]
    private static partial Regex Token();
}
