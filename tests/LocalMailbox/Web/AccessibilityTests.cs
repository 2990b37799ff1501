using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox.Web;

public sealed class AccessibilityTests(MailboxFixture mailbox) : IClassFixture<MailboxFixture>
{
    private const string Chromium = "/usr/bin/chromium";

    [Fact]
    public async Task Axe_finds_nothing_and_nothing_is_wider_than_360_pixels()
    {
        if (!File.Exists(Chromium))
            Assert.Skip($"{Chromium} is missing");
        var address = MailboxFixture.NewAddress("reader");
        using var _ = await mailbox.DeliverAsync(
            $"From: Ann <ann@example.com>\nTo: {address}\nSubject: {new string('w', 100)}\nContent-Type: text/html\n\n<p>Hello</p>");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        // A context of its own: axe opens a second page in it.
        await using var context = await browser.NewContextAsync(
            new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 800 }, BypassCSP = true });
        var page = await context.NewPageAsync();
        foreach (var path in new[] { "", $"mail?mailbox={address}", "write", "mail?mailbox=nonsense" })
            await CheckAsync(page, new Uri(mailbox.Server.BaseAddress, path).ToString());
        await page.GotoAsync(new Uri(mailbox.Server.BaseAddress, $"mail?mailbox={address}").ToString());
        await page.ClickAsync(".rows a");
        await CheckAsync(page, page.Url);
    }

    private static async Task CheckAsync(IPage page, string url)
    {
        await page.GotoAsync(url);
#pragma warning disable CS0618 // The other way opens a second page in the browser, which does not come up in Debian's headless Chromium.
        var result = await page.RunAxeLegacy();
#pragma warning restore CS0618
        Assert.True(
            result.Violations.Length == 0,
            $"{url}: {string.Join("; ", result.Violations.Select(violation => $"{violation.Id}: {violation.Help}"))}");
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 360);
    }
}
