using System.Text.Json;
using Spectrum.PrivacyFlows.Tests.Bundles;

namespace Spectrum.PrivacyFlows.Tests.Infra;

public sealed class StorageTests
{
    public static TheoryData<string> Variants => InfraTemplate.Variants;

    [Theory]
    [MemberData(nameof(Variants))]
    public void Accounts_AreThree_AndTakeNoKeyAndShowNothing(string variant)
    {
        var accounts = InfraTemplate.Resources(variant, "Microsoft.Storage/storageAccounts");
        Assert.Equal(3, accounts.Count);
        Assert.All(accounts, account =>
        {
            account.Says("properties.allowSharedKeyAccess", false);
            account.Says("properties.allowBlobPublicAccess", false);
            account.Says("properties.allowCrossTenantReplication", false);
            account.Says("properties.isLocalUserEnabled", false);
            account.Says("properties.isSftpEnabled", false);
            account.Says("properties.supportsHttpsTrafficOnly", true);
            account.Says("properties.minimumTlsVersion", "TLS1_2");
        });
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Containers_ShowNothing(string variant) => Assert.All(
        InfraTemplate.Resources(variant, "Microsoft.Storage/storageAccounts/blobServices/containers"),
        container => container.Says("properties.publicAccess", "None"));

    [Theory]
    [MemberData(nameof(Variants))]
    public void Bundles_KeepNothingThatWasDeleted(string variant)
    {
        var blobs = BlobService(variant, "bundles");
        blobs.Says("properties.deleteRetentionPolicy.enabled", false);
        blobs.Says("properties.containerDeleteRetentionPolicy.enabled", false);
        blobs.Says("properties.isVersioningEnabled", false);
        blobs.Says("properties.restorePolicy.enabled", false);
        blobs.Says("properties.changeFeed.enabled", false);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Bundles_AreNeverCopiedToASecondRegion(string variant) =>
        Assert.DoesNotContain(
            "G", InfraTemplate.Account(variant, "bundles").Text("sku.name")!["Standard_".Length..], StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Variants))]
    public void S4_Bundles_GoAfter90DaysWhateverTheAppDoes(string variant)
    {
        var rule = Rule(variant, "bundles");
        Assert.True(rule.GetProperty("enabled").GetBoolean());
        var definition = rule.GetProperty("definition");
        Assert.False(definition.GetProperty("filters").TryGetProperty("prefixMatch", out _), "A prefix would leave some out.");
        Assert.InRange(
            definition
                .GetProperty("actions")
                .GetProperty("baseBlob")
                .GetProperty("delete")
                .GetProperty("daysAfterCreationGreaterThan")
                .GetInt32(),
            66,
            90);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void CopiesOfTables_GoAfterFiveWeeks_AndNothingElseOfTheCases(string variant)
    {
        var definition = Rule(variant, "cases").GetProperty("definition");
        Assert.Equal(
            ["backups/"],
            definition.GetProperty("filters").GetProperty("prefixMatch").EnumerateArray().Select(prefix => prefix.GetString()));
        Assert.Equal(
            35,
            definition
                .GetProperty("actions")
                .GetProperty("baseBlob")
                .GetProperty("delete")
                .GetProperty("daysAfterModificationGreaterThan")
                .GetInt32());
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void S3_Evidence_CanBeNeitherChangedNorDeleted(string variant)
    {
        var policies = InfraTemplate.Resources(variant, "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies");
        if (variant == "prod, later")
        {
            // Locked by hand: the template must not touch it again.
            Assert.Empty(policies);
            return;
        }

        var policy = Assert.Single(policies);
        Assert.Equal($"{InfraTemplate.Account(variant, "cases").Name}/default/evidence/default", policy.Name);
        policy.Says("properties.allowProtectedAppendWrites", false);
        var days = policy.At("properties.immutabilityPeriodSinceCreationInDays")!.Value.GetInt32();
        Assert.Equal(variant.StartsWith("dev", StringComparison.Ordinal) ? 1 : 2192, days);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Cases_DeletedByMistake_CanBeHadBack(string variant)
    {
        var blobs = BlobService(variant, "cases");
        blobs.Says("properties.deleteRetentionPolicy.enabled", true);
        blobs.Says("properties.containerDeleteRetentionPolicy.enabled", true);
    }

    [Fact]
    public void TheSafetyNet_CannotBeSetPast90Days()
    {
        var parameter = InfraTemplate.Compiled.GetProperty("parameters").GetProperty("bundleSafetyDays");
        Assert.Equal(90, parameter.GetProperty("maxValue").GetInt32());
        Assert.Equal(JsonValueKind.Number, parameter.GetProperty("minValue").ValueKind);
    }

    private static ArmResource BlobService(string variant, string purpose) =>
        Assert.Single(
            InfraTemplate.Resources(variant, "Microsoft.Storage/storageAccounts/blobServices"),
            service => service.Name == $"{InfraTemplate.Account(variant, purpose).Name}/default");

    private static System.Text.Json.JsonElement Rule(string variant, string account) => Assert.Single(Assert.Single(
        InfraTemplate.Resources(variant, "Microsoft.Storage/storageAccounts/managementPolicies"),
        policy => policy.Name.StartsWith("st" + account, StringComparison.Ordinal)).At("properties.policy.rules")!.Value.EnumerateArray());
}
