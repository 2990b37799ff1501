using Microsoft.Playwright;

namespace Spectrum.PrivacyFlows.Tests.Pages;

/// <summary>Each form, without a mouse, at the width of a small phone.</summary>
public sealed class KeyboardTests(BrowserFixture browser, SampleSite site) : IClassFixture<SampleSite>
{
    [Theory]
    [InlineData("Confirm", "Tab Space Tab Enter", "answer=yes")]
    [InlineData("Confirm", "Tab ArrowDown Space Tab Enter", "answer=no")]
    [InlineData("DownloadAsk", "Tab Enter", "do=send-code")]
    [InlineData("DownloadEnter", "Tab =042917 Enter", "code=042917 do=open")]
    [InlineData("DownloadEnter", "Tab Tab Tab Enter", "do=send-code")]
    [InlineData("DownloadEnter", "Tab Tab Tab Tab Space Tab Enter", "do=close have=yes")]
    [InlineData("Approve", "Tab Tab Tab =Grace Tab =approve Tab Enter", "confirm=approve reviewer=Grace")]
    [InlineData("Refuse", "Tab Tab Tab Tab Tab =refuse Enter", "confirm=refuse reasons=First_line.~Second_line. reviewer=Grace_Hopper")]
    [InlineData("DecideLater", "Tab Tab Tab =Grace Tab =Later Tab =later Tab Enter", "confirm=later reasons=Later reviewer=Grace")]
    [InlineData("CollectAgain", "Tab Tab =Grace Tab =collect Tab Enter", "confirm=collect reviewer=Grace")]
    [InlineData("Resume", "Tab =Grace Tab =go_on Tab Enter", "confirm=go_on reviewer=Grace")]
    [InlineData("Vouch", "Tab =Grace Tab =confirmed Tab Enter", "confirm=confirmed reviewer=Grace")]
    [InlineData("Sort", "Tab Space Tab Tab =Grace Tab Enter", "answer=access note= reviewer=Grace")]
    [InlineData(
        "Sort", "Tab ArrowDown ArrowDown ArrowDown Tab =Rang_her Tab =Grace Tab Enter", "answer=answered note=Rang_her reviewer=Grace")]
    public async Task Form_is_sent_by_keyboard_alone(string name, string keys, string fields)
    {
        var page = await browser.OpenAsync(360, 640);
        await page.GotoAsync($"{site.Address}/pages/{name}");

        await TypeAsync(page, keys.Split(' '));
        await page.WaitForFunctionAsync("document.querySelector('h1').textContent === 'Thank you'");

        Assert.Equal(
            fields,
            string.Join(' ', site.Sent(name)
                .Where(field => field.Value.Length > 0 || field.Key == "note")
                .OrderBy(field => field.Key, StringComparer.Ordinal)
                .Select(field => $"{field.Key}={Shorten(field.Value)}")));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("Confirm", "input")]
    [InlineData("DownloadAsk", "button")]
    [InlineData("Approve", "summary")]
    public async Task Focus_is_seen(string name, string first)
    {
        var page = await browser.OpenAsync();
        await page.GotoAsync($"{site.Address}/pages/{name}");

        await page.Keyboard.PressAsync("Tab");

        Assert.True(await page.EvaluateAsync<bool>("first => document.activeElement.matches(first)", first));
        var outline = "element => getComputedStyle(element.closest('.choice') ?? element).outlineWidth";
        Assert.Equal("3px", await page.EvalOnSelectorAsync<string>(":focus", outline));
        await page.Context.CloseAsync();
    }

    /// <summary>A word after = is typed, with _ for a space; any other is a key.</summary>
    private static async Task TypeAsync(IPage page, IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            if (key.StartsWith('='))
                await page.Keyboard.TypeAsync(key[1..].Replace('_', ' '));
            else
                await page.Keyboard.PressAsync(key);
        }
    }

    private static string Shorten(string value) => value.ReplaceLineEndings("~").Replace(' ', '_');
}
