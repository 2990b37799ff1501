using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.Bundles;

/// <summary>The page as a browser shows it, opened from a file as the person does.</summary>
public sealed class IndexPageInBrowserTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly BundleCase bundle = new(azurite);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bundle-page-");
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
            return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task The_page_fits_asks_for_nothing_and_has_no_barrier(int width)
    {
        Assert.SkipUnless(browser is not null, $"{Chromium} is missing.");
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 800 } });
        var requests = new List<string>();
        page.Request += (_, request) => requests.Add(request.Url);

        await page.GotoAsync(await WritePageAsync());

        Assert.Single(requests);
        Assert.True(
            await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"),
            "The page is wider than the window.");
        var axe = await page.RunAxe(new AxeRunOptions());
        Assert.Empty(axe.Violations.Select(violation => $"{violation.Id}: {violation.Help} ({violation.Nodes[0].Html})"));
    }

    private async Task<string> WritePageAsync()
    {
        var notes = Enumerable.Range(1, 60).Select(id => $$"""{"id":{{id}},"text":"{{new string('w', 300)}} and <b>words</b>"}""");
        await bundle.StageAsync(
            ExampleSystems.Crm,
            ["""{"id":7,"name":"Ada Reader","email":"ada@reader.example","newsletter":true,"score":null}"""],
            [.. notes]);
        await bundle.StageAsync(ExampleSystems.Print, [[]]);
        await bundle.BuildAsync([ExampleSystems.Crm, ExampleSystems.Print], Right.Access, Right.Portability);
        var file = Path.Combine(folder.FullName, "index.html");
        await File.WriteAllBytesAsync(file, (await bundle.UnpackAsync())["index.html"], TestContext.Current.CancellationToken);
        return new Uri(file).AbsoluteUri;
    }
}
