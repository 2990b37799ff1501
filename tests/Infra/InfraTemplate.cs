using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Tests.Conventions;

namespace Spectrum.PrivacyFlows.Tests.Infra;

/// <summary>
/// infra/main.bicep as each variant would deploy it. <c>bicep snapshot</c> works out names, conditions and loops with Azure
/// Resource Manager's own engine, against an invented subscription; what only Azure knows stays an expression.
/// </summary>
internal static partial class InfraTemplate
{
    public const string LongestName = "an-environment-name-of-64-characters-which-is-all-that-azd-takes";
    private const string Subscription = "00000000-0000-0000-0000-000000000001";
    private const string Tenant = "00000000-0000-0000-0000-000000000002";

    private const string Contacts =
        "{ Controller__Name: 'Example', Controller__LegalName: 'Example Print Ltd', Controller__ContactTitle: 'Privacy Officer', " +
        "Controller__PostalAddress: '1 Example Street, Leeds, LS1 1AA', Controller__Email: 'privacy@example.org', Regulator__Name: " +
        "'Example Commission', " +
        "Regulator__ShortName: 'EC', Regulator__Site: 'https://commission.example.org', Regulator__ComplaintUrl: " +
        "'https://commission.example.org/complain', " +
        "Regulator__Telephone: '01632 960000' }";

    private const string Budgets =
        "{ Budgets__CasesPerSender: '6', Budgets__CasesPerDomain: '60', Budgets__CasesPerDay: '300', Budgets__UnrecognisedPerDay: '40', " +
        "Budgets__LettersPerSender: '20', Budgets__LettersPerDomain: '200', Budgets__LettersPerDay: '1500', " +
        "Budgets__MailsPerSender: '40' }";

    // The three that are in the repository, azd's own parameters, and what can be chosen beside them.
    private static readonly Dictionary<string, (string File, Dictionary<string, string> Changed)> Known = new()
    {
        ["dev"] = ("dev", []),
        ["prod"] = ("prod", []),
        ["private"] = ("private", []),
        ["azd"] = ("", []),
        ["dev, storage, shortest name"] = ("dev", new() { ["durableBackend"] = "'storage'", ["environmentName"] = "'x'" }),
        ["private, scheduler, longest name"] = (
            "private", new() { ["durableBackend"] = "'scheduler'", ["environmentName"] = $"'{LongestName}'" }),
        ["prod, later"] = ("prod", new()
        {
            ["linksKeyGeneration"] = "3",
            ["evidencePolicyLocked"] = "true",
            ["siteUrl"] = "'https://privacy.example.org'",
            ["contacts"] = Contacts,
            ["budgets"] = Budgets,
        }),
    };

    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<ArmResource>>> Worked = new();
    private static readonly Lazy<JsonDocument> Built = new(() =>
        JsonDocument.Parse(Bicep.RunClean("build", "infra/main.bicep", "--stdout")));

    public static TheoryData<string> Variants => [.. Known.Keys];

    /// <summary>The template as compiled, before parameters.</summary>
    public static JsonElement Compiled => Built.Value.RootElement;

    /// <summary>Every resource of the compiled template, nested deployments included; resources are a list or a map.</summary>
    public static IEnumerable<JsonElement> CompiledResources() => Walk(Compiled);

    public static IReadOnlyList<ArmResource> Resources(string variant) =>
        Worked.GetOrAdd(variant, name => new Lazy<IReadOnlyList<ArmResource>>(() => WorkOut(ParametersOf(name)))).Value;

    public static IReadOnlyList<ArmResource> Resources(string variant, string type) =>
        [.. Resources(variant).Where(resource => resource.Type == type)];

    public static ArmResource Account(string variant, string purpose) =>
        Assert.Single(
            Resources(variant, "Microsoft.Storage/storageAccounts"),
            account => account.Name.StartsWith("st" + purpose, StringComparison.Ordinal));

    /// <summary>Names of the settings that the app gets on Azure.</summary>
    public static IReadOnlySet<string> AppSettings(string variant) => AppSettingValues(variant).Keys.ToHashSet(StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, string> AppSettingValues(string variant) =>
        Assert.Single(
            Resources(variant, "Microsoft.Web/sites/config"), config => config.Name.EndsWith("/appsettings", StringComparison.Ordinal))
            .Body.GetProperty("properties").EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!);

    public static bool IsPrivate(string variant) => variant.StartsWith("private", StringComparison.Ordinal);

    public static bool UsesScheduler(string variant) => variant != "private" && !variant.Contains("storage", StringComparison.Ordinal);

    private static IEnumerable<JsonElement> Walk(JsonElement template)
    {
        if (!template.TryGetProperty("resources", out var resources))
            yield break;
        foreach (var resource in resources.ValueKind == JsonValueKind.Array
            ? resources.EnumerateArray()
            : resources.EnumerateObject().Select(named => named.Value))
        {
            if (resource.TryGetProperty("existing", out var existing) && existing.GetBoolean())
                continue;
            yield return resource;
            if (resource.GetProperty("type").GetString() != "Microsoft.Resources/deployments")
                continue;
            foreach (var nested in Walk(resource.GetProperty("properties").GetProperty("template")))
                yield return nested;
        }
    }

    private static IReadOnlyList<ArmResource> WorkOut(Func<string, string> parametersFor)
    {
        var folder = Directory.CreateTempSubdirectory("privacyflows-infra");
        try
        {
            var file = Path.Combine(folder.FullName, "variant.bicepparam");
            File.WriteAllText(
                file,
                parametersFor(Path.GetRelativePath(folder.FullName, Path.Combine(SourceTree.Root, "infra/main.bicep")).Replace('\\', '/')));
            Bicep.RunClean(
                "snapshot", file, "--mode", "overwrite", "--subscription-id", Subscription, "--tenant-id", Tenant, "--location", "uksouth");
            using var snapshot = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "variant.snapshot.json")));
            Assert.Empty(snapshot.RootElement.GetProperty("diagnostics").EnumerateArray());
            return [.. snapshot.RootElement.GetProperty("predictedResources").EnumerateArray()
                .Select(resource => ArmResource.From(resource.Clone()))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Func<string, string> ParametersOf(string variant)
    {
        var (file, changed) = Known[variant];
        if (file.Length == 0)
            return template => $"using '{template}'\n" + string.Join('\n', AzdParameters.AsBicep());
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, "infra/variants", file + ".bicepparam"));
        foreach (var (name, value) in changed)
            text = Regex.Replace(text, $@"^param {name} = .*$", "", RegexOptions.Multiline) + $"\nparam {name} = {value}\n";
        return template => Using().Replace(text, $"using '{template}'");
    }

    [GeneratedRegex("^using '../main.bicep'", RegexOptions.Multiline)]
    private static partial Regex Using();
}
