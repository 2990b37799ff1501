using Microsoft.Playwright;
using Spectrum.PrivacyFlows.Tests.Pages;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Browser;

/// <summary>
/// Somebody on a phone of 360 pixels, without a mouse, who looks at every page with axe's eyes before doing anything on it.
/// </summary>
internal sealed class KeyboardVisitor(IPage page) : IAsyncDisposable
{
    private const int Width = 360;

    public static async Task<KeyboardVisitor> ComeAsync(BrowserFixture browser) =>
        new(await browser.OpenAsync(Width, 640, bypassPolicy: true));

    public Task CloseAsync() => page.Context.CloseAsync();

    public async ValueTask DisposeAsync() => await CloseAsync();

    /// <summary>Opens a link, expects a page with this heading, and looks at it.</summary>
    public async Task OpenAsync(Uri link, string heading)
    {
        await page.GotoAsync(link.AbsoluteUri);
        await LookAsync(heading);
    }

    /// <summary>Presses these keys, and looks at the page with this heading that they lead to.</summary>
    public async Task PressAsync(string keys, string heading)
    {
        await page.RunAndWaitForResponseAsync(() => PressAsync(keys), answer => answer.Request.Method == "POST");
        await page.WaitForLoadStateAsync();
        await LookAsync(heading);
    }

    /// <summary>Presses these keys, and saves the file that they bring.</summary>
    /// <returns>The name that the browser would save it under.</returns>
    public async Task<string> DownloadAsync(string keys, string path)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => PressAsync(keys));
        await download.SaveAsAsync(path);
        return download.SuggestedFilename;
    }

    /// <summary>A word after = is typed, with _ for a space; any other is a key.</summary>
    private async Task PressAsync(string keys)
    {
        foreach (var key in keys.Split(' '))
        {
            if (key.StartsWith('='))
                await page.Keyboard.TypeAsync(key[1..].Replace('_', ' '));
            else
                await page.Keyboard.PressAsync(key);
        }
    }

    private async Task LookAsync(string heading)
    {
        Assert.Equal(heading, await page.Locator("h1").InnerTextAsync());
        Assert.Empty(await BrowserFixture.FindAxeViolationsAsync(page));
        Assert.True(await BrowserFixture.MeasureOverflowAsync(page) <= 0, $"“{heading}” scrolls sideways at {Width} pixels.");
    }
}
