using Azure.Data.Tables;
using LocalDemo;
using Microsoft.Playwright;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tests.Pages;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Browser;

/// <summary>
/// S2 against mail scanners that run a real browser: it opens every link, runs what scripts there are and moves
/// the mouse, and nothing changes.
/// </summary>
public sealed class BrowserScannerTests(AppFixture fixture, BrowserFixture browser) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_browser_that_opens_every_link_of_every_letter_Then_nothing_changes()
    {
        var page = await browser.OpenAsync();
        var journey = fixture.Journey("browser.scanned@example.com");
        await journey.AskAsync(Cancellation);
        await ScanAsync(page, journey, await journey.ReadAcknowledgementAsync(Cancellation), "AwaitingIdentity");
        Assert.Empty(await AnswersAsync(journey.CaseId));

        await journey.ConfirmAsync(Cancellation);
        var review = await journey.ReadReviewLetterAsync(Cancellation);
        await ScanAsync(page, journey, review, "AwaitingDecision");
        Assert.Equal(["identity"], await AnswersAsync(journey.CaseId));

        await journey.ApproveAsync(review, Cancellation);
        await ScanAsync(page, journey, await journey.ReadDeliveryLetterAsync(Cancellation), "Delivered");
        Assert.DoesNotContain("receipt", await AnswersAsync(journey.CaseId));
        Assert.DoesNotContain(
            await journey.Person.InboxAsync(Cancellation), mail => mail.Subject.Contains("Your code", StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    private async Task ScanAsync(IPage page, RequestJourney journey, ReceivedMail letter, string state)
    {
        var links = MailUser.LinksIn(letter);
        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            var answer = await page.GotoAsync(link.AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
            Assert.Equal(200, answer!.Status);
            await LingerAsync(page);
        }
        Assert.Equal(state, await fixture.StateAsync(journey.CaseId, Cancellation));
    }

    /// <summary>As a person would: the mouse goes over everything that could be pressed, and the page is scrolled to its end.</summary>
    private static async Task LingerAsync(IPage page)
    {
        foreach (var target in await page.Locator("a, button, label, summary").AllAsync())
        {
            if (await target.IsVisibleAsync())
                await target.HoverAsync();
        }
        await page.Mouse.WheelAsync(0, 20_000);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }

    /// <summary>The questions of the case that somebody has answered.</summary>
    private async Task<IReadOnlyList<string>> AnswersAsync(string caseId) =>
        await new TableClient(fixture.Storage, "Answers")
            .QueryAsync<TableEntity>(row => row.PartitionKey == caseId, cancellationToken: Cancellation)
            .Select(row => row.RowKey)
            .ToListAsync(Cancellation);
}
