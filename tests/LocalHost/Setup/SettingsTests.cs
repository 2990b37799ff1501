using LocalHost.Setup;
using LocalMachine;
using Microsoft.Extensions.Configuration;
using Spectrum.PrivacyFlows.Tests.EndToEnd.Failures;
using Spectrum.PrivacyFlows.Tests.Exchange;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Setup;

/// <summary>Where the app's settings come from on one machine.</summary>
public sealed class SettingsTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("{ \"version\": ")]
    [InlineData("[1]")]
    public void GivenAHostJsonThatIsBroken_WhenRead_ThenTheFileIsNamed(string text)
    {
        var folder = Directory.CreateTempSubdirectory("privacyflows-settings-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "host.json"), text);
            using var settings = new ConfigurationManager();
            var refusal = Assert.Throws<LocalSetupException>(
                () => LocalSettings.Load(settings, new HostPlan { IsEmbedded = true }, folder));
            Assert.StartsWith(Path.Combine(folder, "host.json") + " cannot be read", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void GivenHostJson_WhenRead_ThenItsLimitsHoldAndTheCommandLineWins()
    {
        var folder = Directory.CreateTempSubdirectory("privacyflows-settings-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "host.json"), """
                {
                  "functionTimeout": "00:07:00",
                  "extensions": {
                    "durableTask": { "hubName": "My-Hub_1", "maxConcurrentActivityFunctions": 3, "maxConcurrentOrchestratorFunctions": 5 }
                  }
                }
                """);
            using var settings = new ConfigurationManager();
            var plan = new HostPlan
            {
                IsEmbedded = true,
                Arguments = ["--AzureFunctionsJobHost:extensions:durableTask:maxConcurrentActivityFunctions=4"]
            };
            LocalSettings.Load(settings, plan, folder);
            Assert.Equal((new(5, 4), "MyHub1", TimeSpan.FromMinutes(7)),
                (LocalSettings.Limits(settings), LocalSettings.Hub(settings), LocalSettings.FunctionTimeout(settings)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task GivenTheSampleFile_WhenAHostIsEmbedded_ThenItIsReadAndEveryStorageIsTheOneThatRuns()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, null, "--BundleStorage=elsewhere");
        var settings = host.App.Surroundings.Configuration;
        Assert.Equal("dataprivacy@spectrum.tech", settings["Mailbox:Address"]);
        Assert.Equal((azurite.ConnectionString, "elsewhere"), (settings["CaseStorage"], settings["BundleStorage"]));
        Assert.Equal($"http://localhost:{host.App.BaseAddress.Port}", settings["Site:BaseUrl"]);
    }

    [Fact]
    public async Task GivenAnAddressOnTheCommandLine_WhenStarted_ThenLettersNameThatOne()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, null, "--Site:BaseUrl=https://privacy.example.com");
        Assert.Equal("https://privacy.example.com", host.App.Surroundings.Configuration["Site:BaseUrl"]);
    }
}
