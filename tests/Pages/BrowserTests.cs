using Microsoft.Playwright;
using Spectrum.PrivacyFlows.Tests.Letters;

namespace Spectrum.PrivacyFlows.Tests.Pages;

/// <summary>Pages and letters as a browser shows them. Look at <c>artifacts/screenshots</c> after a change.</summary>
public sealed class BrowserTests(BrowserFixture browser, SampleSite site) : IClassFixture<SampleSite>
{
    public static TheoryData<string> Pages => [.. PageSamples.All.Keys];

    public static TheoryData<string> Letters => [.. LetterSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    public Task Page_is_accessible_and_fits_a_phone(string name) => LookAsync($"pages/{name}", $"page-{name}");

    [Theory]
    [MemberData(nameof(Letters))]
    public Task Letter_is_accessible_and_fits_a_phone(string name) => LookAsync($"letters/{name}", $"letter-{name.Replace('/', '-')}");

    [Fact]
    public async Task Page_has_its_styles_under_its_own_policy()
    {
        var page = await browser.OpenAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);

        await page.GotoAsync($"{site.Address}/pages/Confirm");

        Assert.Equal("rgb(11, 93, 107)", await page.EvalOnSelectorAsync<string>("button", "button => getComputedStyle(button).backgroundColor"));
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Choosing_nothing_sends_nothing()
    {
        var page = await browser.OpenAsync();
        await page.GotoAsync($"{site.Address}/pages/ConfirmError");

        await page.GetByRole(AriaRole.Button).ClickAsync();

        Assert.Equal("Did you send us this request?", await page.TextContentAsync("h1"));
        Assert.False(site.HasSent("ConfirmError"));
        await page.Context.CloseAsync();
    }

    private async Task LookAsync(string path, string screenshot)
    {
        foreach (var (width, dark) in new[] { (360, false), (1200, false), (1200, true) })
        {
            var page = await browser.OpenAsync(width, dark: dark, bypassPolicy: true);
            await page.GotoAsync($"{site.Address}/{path}");
            await BrowserFixture.SaveScreenshotAsync(page, $"{screenshot}-{width}{(dark ? "-dark" : "")}");
            Assert.Equal(0, await BrowserFixture.MeasureOverflowAsync(page));
            Assert.Empty(await BrowserFixture.FindAxeViolationsAsync(page));
            await page.Context.CloseAsync();
        }
    }
}
