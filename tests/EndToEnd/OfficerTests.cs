using System.Net;
using LocalDemo;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd;

/// <summary>What the officer may decide, and what happens when they do not.</summary>
public sealed class OfficerTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_refusal_with_reasons_Then_R1_the_person_reads_them_and_where_to_complain_and_the_bundle_is_gone()
    {
        var (journey, review) = await UpToReviewAsync("refused@example.com");
        await journey.FillInAsync(
            MailUser.LinkIn(review, "refuse"),
            Cancellation,
            ("reviewer", "Olive Officer"),
            ("confirm", "refuse"),
            ("reasons", "We hold this for legal proceedings only."));
        var letter = await journey.Person.ReadNewAsync("Our answer", journey.Patience, Cancellation);
        Assert.Contains("We hold this for legal proceedings only.", letter.Html, StringComparison.Ordinal);
        Assert.Contains("ico.org.uk", letter.Html, StringComparison.Ordinal);
        Assert.Contains("court", letter.Html, StringComparison.OrdinalIgnoreCase);
        await fixture.ClosesAsync(journey.CaseId, "refused", Cancellation);
        Assert.Empty(await fixture.BundleBlobsAsync(journey.CaseId, Cancellation));
    }

    [Fact]
    public async Task Given_a_refusal_without_reasons_Then_the_page_asks_for_them_and_nothing_happens()
    {
        var (journey, review) = await UpToReviewAsync("no.reasons@example.com");
        var link = MailUser.LinkIn(review, "refuse");
        var answer = await journey.Web.PostAsync(
            link, new Dictionary<string, string> { ["reviewer"] = "Olive", ["confirm"] = "refuse", ["reasons"] = "" }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("reasons", answer.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await journey.Web.OpenAsync(link, Cancellation)).Status);
    }

    [Fact]
    public async Task Given_an_officer_who_decides_later_Then_nothing_goes_out_and_approving_still_works()
    {
        var (journey, review) = await UpToReviewAsync("held@example.com");
        var later = MailUser.LinkIn(review, "decide-later");
        // Letters that went out before this page had its name.
        var asItWas = new Uri(later.AbsoluteUri.Replace("/decide-later/", "/hold/", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await journey.Web.OpenAsync(asItWas, Cancellation)).Status);
        await journey.FillInAsync(later, Cancellation, ("reviewer", "Olive Officer"), ("confirm", "later"));
        Assert.Equal(HttpStatusCode.Gone, (await journey.Web.OpenAsync(later, Cancellation)).Status);
        await journey.ApproveAsync(review, Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);
    }

    [Fact]
    public async Task Given_collect_again_Then_the_links_of_the_last_letter_end_and_a_new_letter_comes()
    {
        var (journey, review) = await UpToReviewAsync("again@example.com");
        await journey.FillInAsync(
            MailUser.LinkIn(review, "collect-again"), Cancellation, ("reviewer", "Olive Officer"), ("confirm", "collect"));
        var second = await journey.ReadReviewLetterAsync(Cancellation);
        Assert.Equal(HttpStatusCode.Gone, (await journey.Web.OpenAsync(MailUser.LinkIn(review, "approve"), Cancellation)).Status);
        await journey.ApproveAsync(second, Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);
    }

    [Fact]
    public async Task Given_words_that_no_rule_understands_When_the_officer_says_access_Then_the_case_goes_on()
    {
        var journey = fixture.Journey("unclear@example.com");
        await journey.AskAsync(Cancellation, "Hello", "I have a question about my printer and my details. Please call me.");
        await journey.ReadAcknowledgementAsync(Cancellation);
        var letter = await journey.Officer.ReadNewAsync($"{journey.CaseId}] Please say", journey.Patience, Cancellation);
        await journey.FillInAsync(MailUser.LinkIn(letter, "sort"), Cancellation, ("answer", "access"), ("reviewer", "Olive Officer"));
        Assert.Null(journey.ConfirmLink);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await journey.ConfirmAsync(Cancellation);
        await journey.ReadReviewLetterAsync(Cancellation);
    }

    [Fact]
    public async Task Given_no_decision_Then_reminders_come_14_7_3_and_1_days_before_and_on_the_day_the_escalation_address_too()
    {
        var (journey, _) = await UpToReviewAsync("undecided@example.com");
        await fixture.App.AdvanceAsync("P35D", Cancellation);
        var subjects = (await journey.Officer.InboxAsync(Cancellation))
            .Where(mail => mail.Subject.Contains(journey.CaseId, StringComparison.Ordinal))
            .Select(mail => mail.Subject)
            .ToList();
        foreach (var words in new[] { "14 days left", "7 days left", "3 days left", "1 day left", "Due today" })
            Assert.Single(subjects, subject => subject.Contains(words, StringComparison.OrdinalIgnoreCase));
        var escalated = await fixture.Mail(AppFixture.Escalation).InboxAsync(Cancellation);
        Assert.Single(escalated, mail => mail.Subject.Contains(journey.CaseId, StringComparison.Ordinal));
    }

    private async Task<(RequestJourney Journey, ReceivedMail Review)> UpToReviewAsync(string address)
    {
        var journey = fixture.Journey(address);
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await journey.ConfirmAsync(Cancellation);
        return (journey, await journey.ReadReviewLetterAsync(Cancellation));
    }
}
