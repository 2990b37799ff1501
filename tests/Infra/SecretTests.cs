using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Tests.Bundles;
using Spectrum.PrivacyFlows.Tests.Conventions;

namespace Spectrum.PrivacyFlows.Tests.Infra;

public sealed partial class SecretTests
{
    private const string Secrets = "Microsoft.KeyVault/vaults/secrets";
    private static readonly string[] WaysToAKey =
    [
        "listKeys", "listAccountSas", "listServiceSas", "listSecrets", "listCredentials", "AccountKey=", "SharedAccessKey",
        "SharedAccessSignature", "primaryKey", "sharedKeys",
    ];

    public static TheoryData<string> Variants => InfraTemplate.Variants;

    [Fact]
    public void Secrets_AreMadeOnceAndNeverOverwritten()
    {
        var secrets = InfraTemplate.CompiledResources().Where(resource => resource.GetProperty("type").GetString() == Secrets).ToList();
        Assert.Equal(5, secrets.Count);
        Assert.All(secrets, secret => Assert.True(secret.GetProperty("@options").TryGetProperty("onlyIfNotExists", out _)));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Secrets_AreTheseAndNoOthers(string variant)
    {
        string[] links = variant == "prod, later" ? ["links-key-2", "links-key-3"] : ["links-key-1"];
        Assert.Equal(
            [.. links, "mailbox-client-state", "suppression-key-1", "systems-crm", "systems-print-jobs", "systems-web-access"],
            Names(variant).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Keys_AreRandomAndLongEnough(string variant) => Assert.All(InfraTemplate.Resources(variant, Secrets), secret =>
    {
        var value = secret.Text("properties.value")!;
        if (secret.Name.Contains("/systems-", StringComparison.Ordinal))
            Assert.StartsWith("not set yet", value, StringComparison.Ordinal);
        else
            Assert.Equal(2, NewGuid().Count(value));
    });

    [Theory]
    [MemberData(nameof(Variants))]
    public void TheVault_GrantsByRoleAndForgetsNothing(string variant)
    {
        var vault = Assert.Single(InfraTemplate.Resources(variant, "Microsoft.KeyVault/vaults"));
        vault.Says("properties.enableRbacAuthorization", true);
        vault.Says("properties.enableSoftDelete", true);
        vault.Says("properties.enablePurgeProtection", true);
        vault.Says("properties.enabledForDeployment", false);
        vault.Says("properties.enabledForDiskEncryption", false);
        vault.Says("properties.enabledForTemplateDeployment", false);
        Assert.Null(vault.At("properties.accessPolicies"));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void TheSuppressionKey_IsInNoSetting(string variant) =>
        Assert.DoesNotContain(
            InfraTemplate.AppSettingValues(variant).Values, value => value.Contains("suppression", StringComparison.Ordinal));

    [Fact]
    public void NoKeyOfAnAccount_IsAskedForOrCarried() => LayoutTests.AssertNone(
        WaysToAKey.Select(way => (way, Found: InfraTemplate.Compiled.GetRawText().Contains(way, StringComparison.OrdinalIgnoreCase))),
        way => way.Found);

    [Fact]
    public void NothingInInfra_NamesATenantAPersonOrASecret()
    {
        var files = SourceTree.Folders("infra").SelectMany(SourceTree.FilesIn).Append("azure.yaml")
            .Where(file => !file.StartsWith("infra/exchange", StringComparison.Ordinal));
        LayoutTests.AssertNone(
            files.SelectMany(file =>
                Suspicious().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, file))).Select(match => (file, match.Value))),
            found => !IsKnown(found.file, found.Value));

        static bool IsKnown(string file, string value) =>
            value.EndsWith("@example.org", StringComparison.Ordinal)
            || file == "infra/modules/access/roles.bicep"
            || file == "infra/README.md"
                && File.ReadAllText(Path.Combine(SourceTree.Root, "infra/modules/access/roles.bicep"))
                    .Contains(value, StringComparison.Ordinal)
            // the id of a parameter within the page
            || file == "infra/modules/monitoring/workbook.json" && value == "7f0f3a5e-6a0c-4a52-9b0f-1b8f0c6f2d11";
    }

    private static IEnumerable<string> Names(string variant) =>
        InfraTemplate.Resources(variant, Secrets).Select(secret => secret.Name.Split('/')[1]);

    [GeneratedRegex(@"newGuid\(\)")]
    private static partial Regex NewGuid();

    [GeneratedRegex(
        @"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}|[\w.+-]+@[\w-]+\.[\w.]*\w|[\w-]+\.onmicrosoft\.com|spectrum\.tech",
        RegexOptions.IgnoreCase)]
    private static partial Regex Suspicious();
}
