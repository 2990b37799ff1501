using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Person.Delivery;
using Spectrum.PrivacyFlows.Settings;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Tests.Settings;

/// <summary>The app does not start with settings that are missing, wrong or contradict one another, and says which, all at once.</summary>
public sealed class SettingMistakesTests
{
    private const string Spoilt = "s3cret-and-wr0ng";

    [Fact]
    public void GivenADeployment_ItsSettingsAreTaken()
    {
        var settings = SettingSamples.Read(SettingSamples.OnAzure());
        Assert.Equal(new DeliverySettings(7, 5), settings.GetRequiredService<IOptions<DeliverySettings>>().Value);
        Assert.Equal(
            "https://privacy.example.org/api/mail/notifications", settings.GetRequiredService<MailSettings>().NotificationUrl.AbsoluteUri);
        Assert.False(settings.GetRequiredService<TelemetrySettings>().IsOn);
        Assert.Same(settings.GetRequiredService<CaseAccount>(), settings.GetRequiredService<IOptionsMonitor<CaseAccount>>().CurrentValue);
        Assert.NotNull(SettingSamples.Read(SettingSamples.OnOneMachine()).GetRequiredService<CaseAccount>());
    }

    [Theory]
    [InlineData("Site__BaseUrl")]
    [InlineData("Mailbox__Address")]
    [InlineData("Mailbox__ClientState")]
    [InlineData("Officer__Address")]
    [InlineData("Officer__EscalationAddress")]
    [InlineData("Links__SigningKey")]
    [InlineData("CaseStorage__blobServiceUri")]
    [InlineData("CaseStorage__tableServiceUri")]
    [InlineData("BundleStorage__blobServiceUri")]
    [InlineData("Systems__Crm")]
    [InlineData("Systems__PrintJobs")]
    [InlineData("Systems__WebAccess")]
    public void GivenAMissingSetting_ItIsNamed(string name)
    {
        var settings = SettingSamples.OnAzure();
        settings[name] = "";
        Assert.Equal(name, Assert.Single(Problems(settings)).Setting);
        settings.Remove(name);
        Assert.Equal(name, Assert.Single(Problems(settings)).Setting);
    }

    [Theory]
    [InlineData("Mailbox__Address", Spoilt)]
    [InlineData("Mailbox__Name", "s3cret-and-wr0ng\nBcc: everybody@example.org")]
    [InlineData("Mailbox__Since", Spoilt)]
    [InlineData("Mailbox__GraphBaseUrl", Spoilt)]
    [InlineData("Mailbox__GraphBaseUrl", "http://s3cret-and-wr0ng.example.org")]
    [InlineData("Mailbox__RequestTimeoutSeconds", "601")]
    [InlineData("Mailbox__ClientState", Spoilt)]
    [InlineData("Controller__Name", " ")]
    [InlineData("Controller__LegalName", "s3cret-and-wr0ng\nBcc: everybody@example.org")]
    [InlineData("Controller__ContactTitle", "s3cret-and-wr0ng\t")]
    [InlineData("Controller__PostalAddress", "s3cret-and-wr0ng\r\nHull")]
    [InlineData("Controller__Email", Spoilt)]
    [InlineData("Regulator__Name", "s3cret-and-wr0ng\n")]
    [InlineData("Regulator__ShortName", " ")]
    [InlineData("Regulator__Site", "http://s3cret-and-wr0ng.example.org")]
    [InlineData("Regulator__ComplaintUrl", "javascript:s3cret-and-wr0ng")]
    [InlineData("Regulator__Telephone", "s3cret-and-wr0ng-that-is-longer-than-a-number")]
    [InlineData("Delivery__LinkDays", "0")]
    [InlineData("Delivery__MaxDownloads", Spoilt)]
    [InlineData("CaseStorage__blobServiceUri", "http://s3cret-and-wr0ng.example.org")]
    [InlineData("CaseStorage__tableServiceUri", Spoilt)]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", Spoilt)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", Spoilt)]
    [InlineData("Telemetry__Console", Spoilt)]
    public void GivenAWrongSetting_ItIsNamed_AndNotRepeated(string name, string value)
    {
        var settings = SettingSamples.OnAzure();
        settings[name] = value;
        var problem = Assert.Throws<SettingsException>(() => SettingSamples.Read(settings));
        Assert.Equal(name, Assert.Single(problem.Problems).Setting);
        Assert.DoesNotContain(Spoilt, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CaseStorage", "UseDevelopmentStorage=true", "CaseStorage")]
    [InlineData("BundleStorage", "UseDevelopmentStorage=true", "BundleStorage")]
    [InlineData("BundleStorage__blobServiceUri", "https://cases.blob.example.org", "BundleStorage__blobServiceUri")]
    [InlineData("Officer__Address", "privacy@example.org", "Officer__Address")]
    [InlineData("Officer__EscalationAddress", "Privacy@Example.org", "Officer__EscalationAddress")]
    [InlineData("Mailbox__GraphBaseUrl", "http://localhost:7072/v1.0", "Mailbox__GraphBaseUrl")]
    [InlineData("Mailbox__ClientState", "local-only-not-a-secret-0123456789", "Mailbox__ClientState")]
    [InlineData("Links__PreviousSigningKey", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "Links__PreviousSigningKey")]
    public void GivenTwoSettingsThatContradictOneAnother_OneIsNamed(string name, string value, string named)
    {
        var settings = SettingSamples.OnAzure();
        settings[name] = value;
        Assert.Equal(named, Assert.Single(Problems(settings)).Setting);
    }

    [Theory]
    [InlineData("Officer__Adress")]
    [InlineData("Delivery__LinkHours")]
    [InlineData("CaseStorage__clientId")]
    public void GivenASlipOfThePen_ItIsNamed_InsteadOfADefaultTaken(string name)
    {
        var settings = SettingSamples.OnAzure();
        settings[name] = "7";
        Assert.Equal(name, Assert.Single(Problems(settings)).Setting);
    }

    [Fact]
    public void GivenSeveralMistakes_AllAreNamedAtOnce()
    {
        var settings = SettingSamples.OnAzure();
        foreach (var name in new[] { "Site__BaseUrl", "Officer__Address", "Systems__Crm", "BundleStorage__blobServiceUri" })
            settings.Remove(name);
        settings["Delivery__LinkDays"] = "31";
        var problem = Assert.Throws<SettingsException>(() => SettingSamples.Read(settings));
        Assert.Equal(
            ["BundleStorage__blobServiceUri", "Delivery__LinkDays", "Officer__Address", "Site__BaseUrl", "Systems__Crm"],
            problem.Problems.Select(one => one.Setting).Order(StringComparer.Ordinal));
        Assert.DoesNotContain('\n', problem.Message);
        Assert.StartsWith("5 settings are not right: (1) The setting ", problem.Message, StringComparison.Ordinal);
        Assert.Contains("The setting Delivery__LinkDays must be a whole number from 1 to 30.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenMistakesOfSeveralConcerns_TheHostDoesNotStart_AndItsOneLineNamesThemAll()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddPrivacyFlows(SettingSamples.Configuration(new(SettingSamples.OnAzure())
        {
            ["Officer__Address"] = Spoilt,
            ["Telemetry__Console"] = Spoilt,
            ["Controller__Nmae"] = Spoilt,
        }));
        using var host = builder.Build();
        var problem = await Assert.ThrowsAsync<SettingsException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            ["Controller__Nmae", "Officer__Address", "Telemetry__Console"],
            problem.Problems.Select(one => one.Setting).Order(StringComparer.Ordinal));
        Assert.All(problem.Problems, one => Assert.Contains(one.ToString(), problem.ToString().Split('\n')[0], StringComparison.Ordinal));
        Assert.DoesNotContain(Spoilt, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void GivenNoSettingAtAll_EveryOneThatHasNoDefaultIsNamed() => Assert.Equal(
        [
            "BundleStorage__blobServiceUri", "CaseStorage__blobServiceUri", "CaseStorage__tableServiceUri", "Links__SigningKey",
            "Mailbox__Address", "Mailbox__ClientState",
            "Officer__Address", "Officer__EscalationAddress", "Site__BaseUrl", "Systems__Crm", "Systems__PrintJobs", "Systems__WebAccess",
        ],
        Problems([]).Select(problem => problem.Setting).Order(StringComparer.Ordinal));

    private static IReadOnlyList<SettingProblem> Problems(Dictionary<string, string?> settings) =>
        Assert.Throws<SettingsException>(() => SettingSamples.Read(settings)).Problems;
}
