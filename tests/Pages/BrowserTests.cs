using Microsoft.Playwright;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Tests.Letters;

namespace Spectrum.PrivacyFlows.Tests.Pages;

/// <summary>Pages and letters as a browser shows them. Look at <c>artifacts/screenshots</c> after a change.</summary>
public sealed class BrowserTests(BrowserFixture browser, SampleSite site) : IClassFixture<SampleSite>
{
    [Fact]
    public Task Pages_are_accessible_and_fit_a_phone() => LookAsync(PageSamples.All.Keys.Select(name => $"pages/{name}"));

    [Fact]
    public Task Letters_are_accessible_and_fit_a_phone() => LookAsync(LetterSamples.All.Keys.Select(name => $"letters/{name}"));

    [Fact]
    public async Task Page_has_its_styles_under_its_own_policy()
    {
        var page = await browser.OpenAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);

        await page.GotoAsync($"{site.Address}/pages/Confirm");

        Assert.Equal(
            "rgb(11, 93, 107)", await page.EvalOnSelectorAsync<string>("button", "button => getComputedStyle(button).backgroundColor"));
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

    /// <summary>One window for all, as opening one takes longer than looking.</summary>
    private async Task LookAsync(IEnumerable<string> paths)
    {
        var page = await browser.OpenAsync(bypassPolicy: true);
        var problems = new List<string>();
        foreach (var path in paths)
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
            await page.SetViewportSizeAsync(360, 640);
            await page.GotoAsync($"{site.Address}/{path}");
            problems.AddRange((await LookAtAsync(page, path)).Select(problem => $"{path}: {problem}"));
        }
        await page.Context.CloseAsync();
        Assert.Empty(problems);
    }

    private static async Task<IReadOnlyList<string>> LookAtAsync(IPage page, string path)
    {
        var screenshot = path.Replace('/', '-');
        var problems = new List<string>(await BrowserFixture.FindAxeViolationsAsync(page));
        if (await BrowserFixture.MeasureOverflowAsync(page) > 0)
            problems.Add("scrolls sideways at 360 pixels");
        await BrowserFixture.SaveScreenshotAsync(page, screenshot + "-360");

        await page.SetViewportSizeAsync(1200, 900);
        await BrowserFixture.SaveScreenshotAsync(page, screenshot + "-1200");

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        problems.AddRange((await BrowserFixture.FindFaintColoursAsync(page)).Select(element => "too faint in dark colours: " + element));
        return problems;
    }
}
