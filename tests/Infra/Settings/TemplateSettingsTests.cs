using System.Text.Json;
using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Tests.Bundles;
using Spectrum.PrivacyFlows.Tests.Conventions;

namespace Spectrum.PrivacyFlows.Tests.Infra.Settings;

public sealed partial class TemplateSettingsTests
{
    private static readonly string[] Secret = ["Links__SigningKey", "Links__PreviousSigningKey", "Mailbox__ClientState"];

    public static TheoryData<string> Variants => InfraTemplate.Variants;

    [Theory]
    [MemberData(nameof(Variants))]
    public void Settings_AreText_AndWithoutThoseThatFlexConsumptionRefuses(string variant)
    {
        var settings = InfraTemplate.AppSettings(variant);
        Assert.DoesNotContain("FUNCTIONS_WORKER_RUNTIME", settings);
        Assert.DoesNotContain("FUNCTIONS_EXTENSION_VERSION", settings);
        Assert.DoesNotContain(settings, name => name.StartsWith("WEBSITE_", StringComparison.Ordinal));
        Assert.All(InfraTemplate.AppSettingValues(variant).Values, Assert.NotNull);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void HostStorage_IsReachedWithTheIdentity(string variant)
    {
        var settings = InfraTemplate.AppSettingValues(variant);
        Assert.DoesNotContain("AzureWebJobsStorage", settings);
        Assert.Equal(InfraTemplate.Account(variant, "host").Name, settings["AzureWebJobsStorage__accountName"]);
        Assert.Equal("managedidentity", settings["AzureWebJobsStorage__credential"]);
        Assert.Contains("clientId", settings["AzureWebJobsStorage__clientId"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void SecretSettings_ReferToTheVault(string variant)
    {
        var settings = InfraTemplate.AppSettingValues(variant);
        Assert.All(
            settings.Where(setting => Secret.Contains(setting.Key) || setting.Key.StartsWith("Systems__", StringComparison.Ordinal)),
            setting => Assert.Matches(Reference(), setting.Value));
        Assert.Equal(variant == "prod, later", settings.ContainsKey("Links__PreviousSigningKey"));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void References_AreToSecretsThatTheTemplateMakes_InNoParticularVersion(string variant)
    {
        var made = InfraTemplate.Resources(variant, "Microsoft.KeyVault/vaults/secrets").Select(secret => secret.Name).ToHashSet();
        var references = InfraTemplate.AppSettingValues(variant).Values
            .Where(value => value.StartsWith("@Microsoft.KeyVault", StringComparison.Ordinal))
            .Select(value => Reference().Match(value))
            .ToList();
        Assert.True(references.Count >= 5);
        Assert.All(references, reference => Assert.Contains($"{reference.Groups["vault"].Value}/{reference.Groups["secret"].Value}", made));
        Assert.Contains(
            "'identity-{0}'",
            Assert.Single(InfraTemplate.Resources(variant, "Microsoft.Web/sites")).Text("properties.keyVaultReferenceIdentity"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void TheThirdKey_FollowsTheSecond()
    {
        var settings = InfraTemplate.AppSettingValues("prod, later");
        Assert.EndsWith(";SecretName=links-key-3)", settings["Links__SigningKey"], StringComparison.Ordinal);
        Assert.EndsWith(";SecretName=links-key-2)", settings["Links__PreviousSigningKey"], StringComparison.Ordinal);
    }

    [Fact]
    public void TheSite_IsItsOwnHostName_OrTheCustomDomain()
    {
        Assert.Contains("defaultHostName", InfraTemplate.AppSettingValues("prod")["Site__BaseUrl"], StringComparison.Ordinal);
        Assert.Equal("https://privacy.example.org", InfraTemplate.AppSettingValues("prod, later")["Site__BaseUrl"]);
    }

    [Fact]
    public void Systems_AreThoseOfTheDataMap()
    {
        var named = SourceTree.FilesIn("functions/DataMap")
            .Where(file => file.EndsWith(".yaml", StringComparison.Ordinal))
            .SelectMany(file => Connection().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, file))))
            .Select(match => match.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal));
        using var systems = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "infra/systems.json")));
        Assert.Equal(
            named.Distinct().Order(StringComparer.Ordinal),
            systems.RootElement.EnumerateObject().Select(system => system.Name).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^@Microsoft\.KeyVault\(VaultName=(?<vault>[a-z0-9-]+);SecretName=(?<secret>[a-z0-9-]+)\)$")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\s*connection:\s*(\S+)", RegexOptions.Multiline)]
    private static partial Regex Connection();
}
