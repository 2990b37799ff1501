using LocalDemo;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Tests.Pages;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Browser;

/// <summary>
/// The running app's pages, from the links of real letters, in headless Chromium with the keyboard alone at 360
/// pixels; axe looks at every one.
/// </summary>
public sealed class BrowserJourneyTests(AppFixture fixture, BrowserFixture browser) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_phone_and_no_mouse_Then_a_whole_case_can_be_lived_through()
    {
        await using var visitor = await KeyboardVisitor.ComeAsync(browser);
        var journey = fixture.Journey("keyboard@example.com");
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await visitor.OpenAsync(journey.ConfirmLink!, "Did you send us this request?");
        await visitor.PressAsync("Tab Space Tab Enter", "Thank you");

        var review = await journey.ReadReviewLetterAsync(Cancellation);
        await visitor.OpenAsync(MailUser.LinkIn(review, "approve"), "Approve and send this answer");
        await visitor.PressAsync("Tab Tab =Olive_Officer Tab =yes Tab Enter", "Approve and send this answer");
        await visitor.PressAsync("Tab Tab Tab =approve Tab Enter", "Approved");

        await journey.ReadDeliveryLetterAsync(Cancellation);
        await FetchAsync(visitor, journey);
        await visitor.OpenAsync(journey.DownloadLink!, "Your data is ready");
        await visitor.PressAsync("Tab Tab Tab Space Tab Enter", "Thank you");
        await fixture.ClosesAsync(journey.CaseId, CaseOutcome.Answered, Cancellation);
        await visitor.OpenAsync(journey.DownloadLink!, "This download has ended");
    }

    [Fact]
    public async Task Given_a_review_letter_Then_hold_collect_again_refuse_and_resume_work_by_keyboard()
    {
        await using var visitor = await KeyboardVisitor.ComeAsync(browser);
        var journey = fixture.Journey("officer.keys@example.com");
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await journey.ConfirmAsync(Cancellation);
        var first = await journey.ReadReviewLetterAsync(Cancellation);
        await visitor.OpenAsync(MailUser.LinkIn(first, "decide-later"), "Decide on this request later");
        await visitor.PressAsync("Tab Tab =Olive_Officer Tab =Asking_legal. Tab =later Tab Enter", "To be decided later");
        await visitor.OpenAsync(MailUser.LinkIn(first, "collect-again"), "Collect the data again");
        await visitor.PressAsync("Tab Tab =Olive_Officer Tab =collect Tab Enter", "Collecting again");

        var second = await journey.ReadReviewLetterAsync(Cancellation);
        await visitor.OpenAsync(MailUser.LinkIn(first, "approve"), "This link has been replaced");
        await visitor.OpenAsync(await ResumeLinkAsync(journey.CaseId), "Let this case go on?");
        await visitor.OpenAsync(MailUser.LinkIn(second, "refuse"), "Refuse this request");
        await visitor.PressAsync("Tab Tab =Olive_Officer Tab =It_is_about_somebody_else. Tab =refuse Tab Enter", "Refused");
        await fixture.ClosesAsync(journey.CaseId, CaseOutcome.Refused, Cancellation);
    }

    [Fact]
    public async Task Given_words_that_no_rule_understands_Then_the_officer_sorts_them_by_keyboard()
    {
        await using var visitor = await KeyboardVisitor.ComeAsync(browser);
        var journey = fixture.Journey("sorted.by.keys@example.com");
        await journey.AskAsync(Cancellation, "Hello", "I have a question about my printer and my details. Please call me.");
        await journey.ReadAcknowledgementAsync(Cancellation);
        var letter = await journey.Officer.ReadNewAsync($"{journey.CaseId}] Please say", journey.Patience, Cancellation);
        await visitor.OpenAsync(MailUser.LinkIn(letter, "sort"), "What is this message?");
        await visitor.PressAsync("Tab Space Tab Tab =Olive_Officer Tab Enter", "Thank you");
        await journey.ReadAcknowledgementAsync(Cancellation);
        await visitor.OpenAsync(new Uri(journey.ConfirmLink!.AbsoluteUri[..^3]), "This link does not work");
    }

    /// <summary>Asks for a code, mistypes it once, and gets the file.</summary>
    private async Task FetchAsync(KeyboardVisitor visitor, RequestJourney journey)
    {
        await visitor.OpenAsync(journey.DownloadLink!, "Your data is ready");
        await visitor.PressAsync("Tab Enter", "Your data is ready");
        await visitor.PressAsync("Tab =12345x Backspace =0 Enter", "Your data is ready");
        var code = RequestJourney.CodeIn(await journey.Person.ReadNewAsync("Your code", journey.Patience, Cancellation));
        var path = Path.Combine(fixture.App.DataFolder, "keyboard.zip");
        Assert.Equal($"{journey.CaseId}.zip", await visitor.DownloadAsync($"Tab ={code} Enter", path));
        Assert.Equal("PK"u8.ToArray(), (await File.ReadAllBytesAsync(path, Cancellation))[..2]);
    }

    /// <summary>As the officer gets it when a case stands still, which this one does not: the page alone is looked at.</summary>
    private Task<Uri> ResumeLinkAsync(string caseId) =>
        fixture.Links.CreateAsync(
            CaseId.Parse(caseId), LinkPurpose.Resume, "browser", TimeProvider.System.GetUtcNow().AddDays(1), Cancellation);
}
