using System.Net;
using System.Net.Http.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using LocalDemo;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Failures;

/// <summary>A step that fails for good is shown to the officer, whose link lets the case go on from where it stopped.</summary>
public sealed class ResumeTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_bundle_out_of_reach_for_days_When_it_is_back_and_the_officer_says_go_on_Then_the_case_ends_well()
    {
        var (journey, review) = await InRoundTwoAsync();
        var bundle = new BlobContainerClient(fixture.Storage, CaseId.Parse(journey.CaseId).BundleContainer).GetBlobClient("bundle.zip");
        var metadata = (await bundle.GetPropertiesAsync(cancellationToken: Cancellation)).Value.Metadata;
        var content = (await bundle.DownloadContentAsync(Cancellation)).Value.Content;
        await bundle.DeleteAsync(cancellationToken: Cancellation);
        await journey.ApproveAsync(review, Cancellation);
        await fixture.App.AdvanceAsync("P2D", Cancellation);

        var problem = await journey.Officer.ReadNewAsync($"{journey.CaseId}] A step failed", journey.Patience, Cancellation);
        await bundle.UploadAsync(content, new BlobUploadOptions { Metadata = metadata }, Cancellation);
        var resume = MailUser.LinkIn(problem, "resume");
        await journey.FillInAsync(resume, Cancellation, ("reviewer", "Olive Officer"), ("confirm", "go on"));
        await journey.ReadDeliveryLetterAsync(Cancellation);
        Assert.Equal(
            content.ToArray(),
            await fixture.App.Http.GetByteArrayAsync(
                await journey.OpenAsync(await journey.GetCodeAsync(Cancellation), Cancellation), Cancellation));
        Assert.Equal(HttpStatusCode.Gone, (await journey.Web.OpenAsync(resume, Cancellation)).Status);

        await fixture.App.AdvanceAsync("P8D", Cancellation);
        await fixture.ClosesAsync(journey.CaseId, "answered", Cancellation);
        Assert.Equal(
            3,
            (await journey.Officer.InboxAsync(Cancellation)).Count(mail =>
                mail.Subject.Contains(journey.CaseId, StringComparison.Ordinal)));
        Assert.Equal(["We have your request", "Your code", "Your data is ready", "Your request is closed"],
            (await journey.Person.InboxAsync(Cancellation)).Select(mail => mail.Subject.Split("] ")[1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Given_mail_that_is_away_for_longer_than_a_link_lives_Then_the_letter_that_goes_out_at_last_has_a_living_link()
    {
        var journey = fixture.Journey("patient@example.com");
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await journey.ConfirmAsync(Cancellation);
        var review = await journey.ReadReviewLetterAsync(Cancellation);
        var faults = new Uri(fixture.App.Graph.BaseAddress!, "/local/faults");
        using (var away = await fixture.App.Graph.PostAsJsonAsync(
            faults, new { path = "POST .*dataprivacy.*/messages$", count = 100_000, kind = "500" }, Cancellation))
            Assert.True(away.IsSuccessStatusCode);
        await journey.ApproveAsync(review, Cancellation);
        await fixture.App.AdvanceAsync("P9D", Cancellation);
        Assert.DoesNotContain(
            await journey.Person.InboxAsync(Cancellation), mail => mail.Subject.Contains("ready", StringComparison.Ordinal));

        using (await fixture.App.Graph.DeleteAsync(faults, Cancellation))
            await fixture.App.AdvanceAsync("PT30M", Cancellation);
        var problem = await journey.Officer.ReadNewAsync($"{journey.CaseId}] A step failed", journey.Patience, Cancellation);
        await journey.FillInAsync(MailUser.LinkIn(problem, "resume"), Cancellation, ("reviewer", "Olive Officer"), ("confirm", "go on"));
        await journey.ReadDeliveryLetterAsync(Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await journey.Web.OpenAsync(journey.DownloadLink!, Cancellation)).Status);
        Assert.Single(await journey.Person.InboxAsync(Cancellation), mail => mail.Subject.Contains("ready", StringComparison.Ordinal));
    }

    /// <summary>A second round, because a case that is resumed passes its earlier rounds again.</summary>
    private async Task<(RequestJourney Journey, ReceivedMail Review)> InRoundTwoAsync()
    {
        var journey = fixture.Journey("resumed@example.com");
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await journey.ConfirmAsync(Cancellation);
        var first = await journey.ReadReviewLetterAsync(Cancellation);
        await journey.FillInAsync(
            MailUser.LinkIn(first, "collect-again"), Cancellation, ("reviewer", "Olive Officer"), ("confirm", "collect"));
        return (journey, await journey.ReadReviewLetterAsync(Cancellation));
    }
}
