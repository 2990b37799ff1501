using Microsoft.Extensions.Configuration;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Tests.Links;

public sealed class LinkSettingsTests
{
    private const string SampleKey = "bG9jYWwtb25seS1ub3QtYS1zZWNyZXQtbG9jYWwtb25seSE=";
    private static readonly string Key = Convert.ToBase64String(LinkCase.Key);

    [Theory]
    [InlineData("https://privacy.example.org")]
    [InlineData("https://example.org/privacy/")]
    [InlineData("http://localhost:7071")]
    [InlineData("http://127.0.0.1:7071")]
    public void GivenAnAddressAndAKey_TheyAreTaken(string site) => Assert.Equal(new Uri(site), From(site, Key).BaseUrl);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("privacy.example.org")]
    [InlineData("ftp://example.org")]
    [InlineData("http://privacy.example.org")]
    [InlineData("https://example.org/?a=b")]
    [InlineData("https://example.org/#top")]
    [InlineData("https://somebody@example.org/")]
    public void GivenAnAddressThatLinksCannotHave_ItIsNamed(string? site) =>
        Assert.Equal("Site__BaseUrl", Assert.Throws<SettingsException>(() => From(site, Key)).Problems.Single().Setting);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    public void GivenNoUsableKey_ItIsNamed_AndNotRepeated(string? key)
    {
        var problem = Assert.Throws<SettingsException>(() => From("https://privacy.example.org", key));
        Assert.Equal("Links__SigningKey", problem.Problems.Single().Setting);
        if (!string.IsNullOrEmpty(key))
            Assert.DoesNotContain(key, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenAnUnusablePreviousKey_ItIsNamed() =>
        Assert.Equal(
            "Links__PreviousSigningKey",
            Assert.Throws<SettingsException>(() => From("https://privacy.example.org", Key, "c2hvcnQ=")).Problems.Single().Setting);

    [Fact]
    public void GivenAPreviousKey_BothAreHeld_TheCurrentFirst() =>
        Assert.Equal(
            [LinkCase.Key, LinkCase.NewKey], From("https://privacy.example.org", Key, Convert.ToBase64String(LinkCase.NewKey)).Keys);

    [Fact]
    public void GivenTheSamplesKey_ItIsGoodOnThisMachineOnly()
    {
        Assert.Single(From("http://localhost:7071", SampleKey).Keys);
        Assert.Equal(
            "Links__SigningKey",
            Assert.Throws<SettingsException>(() => From("https://privacy.example.org", SampleKey)).Problems.Single().Setting);
        Assert.Equal(
            "Links__PreviousSigningKey",
            Assert.Throws<SettingsException>(() => From("https://privacy.example.org", Key, SampleKey)).Problems.Single().Setting);
    }

    private static LinkSettings From(string? site, string? key, string? previous = null) => SettingsReader.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Site:BaseUrl"] = site,
            ["Links:SigningKey"] = key,
            ["Links:PreviousSigningKey"] = previous,
        })
        .Build(), LinkSettings.From);
}
