using System.Net;
using LocalDemo;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd;

/// <summary>
/// S2 on the running app: what a mail scanner opens changes nothing, and a link that is not right gets a page that says so.
/// </summary>
public sealed class LinkTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_scanner_that_opens_every_link_of_every_letter_Then_nothing_changes()
    {
        var journey = fixture.Journey("scanned@example.com");
        await journey.AskAsync(Cancellation);
        await ScanAsync(journey, await journey.ReadAcknowledgementAsync(Cancellation), "AwaitingIdentity");
        await journey.ConfirmAsync(Cancellation);
        var review = await journey.ReadReviewLetterAsync(Cancellation);
        await ScanAsync(journey, review, "AwaitingDecision");
        await journey.ApproveAsync(review, Cancellation);
        await ScanAsync(journey, await journey.ReadDeliveryLetterAsync(Cancellation), "Delivered");
        Assert.Equal(
            3,
            (await journey.Person.InboxAsync(Cancellation)).Count(mail =>
                mail.Subject.Contains(journey.CaseId, StringComparison.Ordinal)) + 1);
    }

    [Fact]
    public async Task Given_an_altered_link_Then_403_and_plain_words_and_a_line_in_the_record()
    {
        var journey = await AcknowledgedAsync("altered@example.com");
        var link = journey.ConfirmLink!.AbsoluteUri;
        var altered = new Uri(link[..^2] + (link[^2] == 'A' ? 'B' : 'A') + link[^1]);
        Assert.Equal(HttpStatusCode.Forbidden, (await journey.Web.OpenAsync(altered, Cancellation)).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await journey.Web.PostAsync(altered, new Dictionary<string, string> { ["answer"] = "yes" }, Cancellation)).Status);
        Assert.Contains(
            await fixture.RecordAsync(journey.CaseId, Cancellation), line => line.Contains("refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_the_link_of_another_case_Then_403()
    {
        var mine = await AcknowledgedAsync("mine@example.com");
        var theirs = await AcknowledgedAsync("theirs@example.com");
        var mixed = new Uri(mine.ConfirmLink!.AbsoluteUri.Replace(mine.CaseId, theirs.CaseId, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, (await mine.Web.OpenAsync(mixed, Cancellation)).Status);
        Assert.Contains(await fixture.RecordAsync(theirs.CaseId, Cancellation), line => line.Contains("refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_a_link_that_was_used_When_posted_again_Then_410()
    {
        var journey = await AcknowledgedAsync("twice@example.com");
        await journey.ConfirmAsync(Cancellation);
        var again = await journey.Web.PostAsync(journey.ConfirmLink!, new Dictionary<string, string> { ["answer"] = "no" }, Cancellation);
        Assert.Equal(HttpStatusCode.Gone, again.Status);
        Assert.NotEqual("", again.Title);
        await journey.ReadReviewLetterAsync(Cancellation);
    }

    [Theory]
    [InlineData("api/cases/PR-2026-000001/confirm/nonsense")]
    [InlineData("api/cases/nonsense/approve/nonsense")]
    [InlineData("api/cases/PR-2026-999999/download/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Given_nonsense_Then_403_and_a_page(string path)
    {
        var answer = await new WebVisitor(fixture.App.Http).OpenAsync(new Uri(fixture.App.Http.BaseAddress!, path), Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.NotEqual("", answer.Title);
    }

    private async Task<RequestJourney> AcknowledgedAsync(string address)
    {
        var journey = fixture.Journey(address);
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        return journey;
    }

    private async Task ScanAsync(RequestJourney journey, ReceivedMail letter, string state)
    {
        foreach (var link in MailUser.LinksIn(letter))
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Get })
            {
                using var request = new HttpRequestMessage(method, link);
                using var answer = await fixture.App.Http.SendAsync(request, Cancellation);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.True(answer.Headers.CacheControl?.NoStore);
            }
            // Some scanners submit what forms they find, as they find them.
            await journey.Web.PostAsync(link, new Dictionary<string, string>(), Cancellation);
        }
        Assert.Equal(state, await fixture.StateAsync(journey.CaseId, Cancellation));
    }
}
