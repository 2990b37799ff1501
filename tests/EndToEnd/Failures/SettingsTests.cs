using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Tests.LocalHost.Setup;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Failures;

/// <summary>The real process, deployed with a slip of the pen.</summary>
public sealed class SettingsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Given_wrong_and_missing_settings_When_started_Then_the_app_ends_and_names_them_all_without_a_value()
    {
        await using var app = new AppProcess(azurite.ConnectionString);
        app.Settings["Officer__Address"] = "";
        app.Settings["Delivery__LinkDays"] = "wr0ng";
        app.Settings["Mailbox__Nmae"] = "Privacy";
        app.Launch();
        Assert.NotEqual(0, await app.ExitAsync(TestContext.Current.CancellationToken));
        Assert.Contains("3 settings are not right:", app.Output, StringComparison.Ordinal);
        // Of what a worker writes to its errors the Functions host shows the first line only.
        var told = Assert.Single(app.Output.Split('\n'), line => line.Contains("3 settings are not right:", StringComparison.Ordinal));
        foreach (var line in new[]
        {
            "The setting Officer__Address must be an email address.",
            "The setting Delivery__LinkDays must be a whole number from 1 to 30.",
            "The setting Mailbox__Nmae is none that the app knows",
        })
            Assert.Contains(line, told, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", app.Output, StringComparison.Ordinal);
    }
}
