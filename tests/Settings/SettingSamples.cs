using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Tests.Settings;

/// <summary>Settings as a deployment has them, to be spoilt one by one.</summary>
internal static class SettingSamples
{
    public static IReadOnlyList<SystemOfRecord> Systems { get; } = ConnectorServices.ReadDataMap().Systems;

    public static Dictionary<string, string?> OnAzure() => new()
    {
        ["Site__BaseUrl"] = "https://privacy.example.org",
        ["Mailbox__Address"] = "privacy@example.org",
        ["Mailbox__ClientState"] = new string('c', 64),
        ["Officer__Address"] = "officer@example.org",
        ["Officer__EscalationAddress"] = "director@example.org",
        ["Links__SigningKey"] = Convert.ToBase64String(new byte[32]),
        ["Links__PreviousSigningKey"] = Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray()),
        ["CaseStorage__blobServiceUri"] = "https://cases.blob.example.org",
        ["CaseStorage__tableServiceUri"] = "https://cases.table.example.org",
        ["BundleStorage__blobServiceUri"] = "https://bundles.blob.example.org",
        ["AZURE_CLIENT_ID"] = "00000000-0000-0000-0000-000000000001",
        ["Systems__Crm"] = "Host=crm",
        ["Systems__PrintJobs"] = "https://logs.blob.example.org",
        ["Systems__WebAccess"] = "https://logs.blob.example.org",
    };

    public static Dictionary<string, string?> OnOneMachine() => new(OnAzure())
    {
        ["Site__BaseUrl"] = "http://localhost:7071",
        ["Mailbox__GraphBaseUrl"] = "http://localhost:7072/v1.0",
        ["CaseStorage"] = "UseDevelopmentStorage=true",
        ["CaseStorage__blobServiceUri"] = "",
        ["CaseStorage__tableServiceUri"] = "",
        ["BundleStorage"] = "UseDevelopmentStorage=true",
        ["BundleStorage__blobServiceUri"] = "",
    };

    public static RecordedConfiguration Configuration(Dictionary<string, string?> settings) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Value)))
        .Build());

    /// <summary>The app's services with these settings, checked as the host checks them when it starts.</summary>
    /// <exception cref="SettingsException">The host would not start.</exception>
    public static IServiceProvider Read(Dictionary<string, string?> settings) => Read(Configuration(settings));

    /// <inheritdoc cref="Read(Dictionary{string, string?})"/>
    public static IServiceProvider Read(IConfiguration configuration)
    {
        var services = new ServiceCollection().AddLogging().AddPrivacyFlows(configuration).BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
        return services;
    }
}
