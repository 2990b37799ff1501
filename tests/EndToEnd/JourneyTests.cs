using System.Net;
using LocalDemo;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd;

/// <summary>Whole cases over the mailbox's Graph and the pages alone.</summary>
public sealed class JourneyTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_request_When_confirmed_and_approved_Then_the_bundle_is_downloaded_and_gone_after_expiry()
    {
        var journey = fixture.Journey("journey.one@example.com");
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await journey.ConfirmAsync(Cancellation);
        await journey.ApproveAsync(await journey.ReadReviewLetterAsync(Cancellation), Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);
        var file = await journey.OpenAsync(await journey.GetCodeAsync(Cancellation), Cancellation);
        Assert.Equal("PK"u8.ToArray(), (await fixture.App.Http.GetByteArrayAsync(file, Cancellation))[..2]);

        await fixture.App.AdvanceAsync("P8D", Cancellation);
        var ended = await journey.Web.OpenAsync(journey.DownloadLink!, Cancellation);
        Assert.Equal(HttpStatusCode.Gone, ended.Status);
        Assert.Contains("ask again", ended.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Gone, (await journey.Web.OpenAsync(file, Cancellation)).Status);
        await journey.Person.ReadNewAsync("closed", journey.Patience, Cancellation);
        Assert.Empty(await fixture.BundleBlobsAsync(journey.CaseId, Cancellation));
    }
}
