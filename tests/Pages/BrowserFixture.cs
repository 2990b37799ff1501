using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Tests.Exchange;
using Spectrum.PrivacyFlows.Tests.Pages;
using Spectrum.PrivacyFlows.Tests.Templates;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace Spectrum.PrivacyFlows.Tests.Pages;

/// <summary>
/// One headless Chromium for the whole test run, started when first used. <c>CHROMIUM</c> names it where it is not
/// <c>/usr/bin/chromium</c>; without one the tests that want it are skipped.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly SemaphoreSlim starting = new(1, 1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
        starting.Dispose();
    }

    /// <summary>A page in a browser context of its own, without the cookies of any other.</summary>
    /// <param name="width">In CSS pixels.</param>
    /// <param name="height">In CSS pixels.</param>
    /// <param name="dark">Whether the person prefers dark colours.</param>
    /// <param name="bypassPolicy">Lets axe put its script into a page whose policy forbids scripts.</param>
    public async Task<IPage> OpenAsync(int width = 1200, int height = 900, bool dark = false, bool bypassPolicy = false)
    {
        var context = await (await StartAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            BypassCSP = bypassPolicy,
            AcceptDownloads = true,
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    /// <summary>What axe finds, one line each; empty when all is well. The page must have been opened with its policy bypassed.</summary>
    public static async Task<IReadOnlyList<string>> FindAxeViolationsAsync(IPage page)
    {
        var result = await page.RunAxe();
        return [.. result.Violations.SelectMany(violation =>
            violation.Nodes.Select(node => $"{violation.Id}: {violation.Help}: {node.Html}"))];
    }

    /// <summary>What axe finds too faint, in a page that it has looked at already and that has changed its colours since.</summary>
    public static async Task<IReadOnlyList<string>> FindFaintColoursAsync(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return await page.EvaluateAsync<string[]>(
            "axe.run({ runOnly: "
            + "['color-contrast'] }).then(result => result.violations.flatMap(violation => violation.nodes.map(node => node.html)))");
    }

    /// <summary>By how many pixels the page is wider than its window.</summary>
    public static async Task<int> MeasureOverflowAsync(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /// <summary>Saves the whole page as <c>artifacts/screenshots/{name}.png</c>.</summary>
    public static async Task SaveScreenshotAsync(IPage page, string name)
    {
        ArgumentNullException.ThrowIfNull(page);
        await page.ScreenshotAsync(
            new PageScreenshotOptions { Path = Path.Combine(Repository.Root, "artifacts", "screenshots", name + ".png"), FullPage = true });
    }

    private async Task<IBrowser> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(path))
            Assert.Skip($"There is no Chromium at {path}. Install it, or name one in CHROMIUM.");
        await starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
            playwright ??= await Playwright.CreateAsync();
            return browser ??= await playwright.Chromium.LaunchAsync(
                new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Arguments });
        }
        finally
        {
            starting.Release();
        }
    }
}
