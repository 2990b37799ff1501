using System.Net;
using System.Xml;
using LocalDemo;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Failures;

/// <summary>An answer that comes when the time runs out counts or is told that it does not; one whose wake was lost is found.</summary>
public sealed class LateAnswerTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_an_answer_whose_wake_was_lost_three_hours_ago_Then_the_case_goes_on()
    {
        var journey = await AskedAsync("lost.wake@example.com");
        await StoreAsync(journey, Question.Identity, "yes");
        // The app was away for so long: its timers make one run of what they missed.
        await fixture.App.AdvanceAsync("PT3H", Cancellation);
        await journey.ReadReviewLetterAsync(Cancellation);
    }

    [Fact]
    public async Task Given_a_yes_stored_as_the_time_runs_out_Then_it_counts()
    {
        var journey = await AskedAsync("last.moment@example.com");
        await AdvanceToAsync(await ClosesAsync(journey) - TimeSpan.FromSeconds(20));
        await StoreAsync(journey, Question.Identity, "yes");
        await fixture.App.AdvanceAsync("PT40S", Cancellation);
        await journey.ReadReviewLetterAsync(Cancellation);
        Assert.DoesNotContain(
            await journey.Person.InboxAsync(Cancellation), mail => mail.Subject.Contains("closed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_a_yes_after_the_time_ran_out_Then_the_page_says_so_and_what_to_do()
    {
        var journey = await AskedAsync("too.late@example.com");
        await AdvanceToAsync(await ClosesAsync(journey) + TimeSpan.FromSeconds(20));
        await fixture.ClosesAsync(journey.CaseId, "not-confirmed", Cancellation);
        var answer = await SayYesAsync(journey);
        Assert.Contains(AppFixture.Mailbox, answer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_yes_that_finds_the_timeout_stored_while_the_link_is_still_good_Then_the_page_says_what_was_decided()
    {
        var journey = await AskedAsync("just.too.late@example.com");
        await StoreAsync(journey, Question.Identity, "timed-out", link: "");
        await SayYesAsync(journey);
    }

    private static async Task<WebAnswer> SayYesAsync(RequestJourney journey)
    {
        var yes = new Dictionary<string, string> { ["answer"] = "yes" };
        var answer = await journey.Web.PostAsync(journey.ConfirmLink!, yes, Cancellation);
        Assert.Equal(HttpStatusCode.Gone, answer.Status);
        Assert.Contains("time for this had run out", answer.Html, StringComparison.Ordinal);
        return answer;
    }

    private async Task<RequestJourney> AskedAsync(string address)
    {
        var journey = fixture.Journey(address);
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        while (await fixture.StateAsync(journey.CaseId, Cancellation) != "AwaitingIdentity")
            await Task.Delay(50, Cancellation);
        return journey;
    }

    private async Task<DateTimeOffset> ClosesAsync(RequestJourney journey) =>
        (await fixture.Cases.GetAsync(CaseId.Parse(journey.CaseId), Cancellation)).IdentityAskedAt!.Value.AddDays(28);

    private async Task AdvanceToAsync(DateTimeOffset moment)
    {
        var wait = moment - await fixture.App.NowAsync(Cancellation);
        await fixture.App.AdvanceAsync(XmlConvert.ToString(TimeSpan.FromSeconds(Math.Floor(wait.TotalSeconds))), Cancellation);
    }

    /// <summary>As the page does it, up to the moment before the orchestration is woken.</summary>
    private async Task StoreAsync(RequestJourney journey, Question question, string choice, string link = "lost") =>
        await new CaseAnswers(fixture.CaseAccount, AppFixture.Seals, new Standing(await fixture.App.NowAsync(Cancellation)))
            .TryAnswerAsync(CaseId.Parse(journey.CaseId), question, new Answer(choice, "", "", link), Cancellation);

    private sealed class Standing(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
