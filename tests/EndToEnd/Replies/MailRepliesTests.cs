using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LocalDemo;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Replies;

/// <summary>Mail about a case, as people and mail services write it: each has its path, and none is silence.</summary>
public sealed class MailRepliesTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Yes, it was me who sent this. Our mail gateway takes the link out, so I answer here.\n\nRea")]
    [InlineData("yes")]
    [InlineData("Hello,\nI confirm.\n\nOn 20 Nov 2026 at 09:00, Spectrum <dataprivacy@spectrum.tech> wrote:\n> Did you not send this?")]
    [InlineData("I did send this request.")]
    public async Task I2_Given_a_plain_yes_in_reply_to_our_letter_Then_the_request_is_confirmed(string words)
    {
        var (journey, letter) = await AskAsync($"yes{words.Length}@example.org");
        await ReplyAsync(journey, letter, words);
        await journey.ReadReviewLetterAsync(Cancellation);
        Assert.Contains("control the mailbox", await RecordAsync(journey), StringComparison.Ordinal);
    }

    [Fact]
    public async Task I2_Given_a_reply_that_may_be_a_yes_Then_the_officer_gets_a_link_that_confirms()
    {
        var (journey, letter) = await AskAsync("maybe@example.org");
        await ReplyAsync(journey, letter, "What link do you mean? I can only answer here, and it is about my printer.");
        var told = await ToldAsync(journey, "The person wrote again");
        Assert.Equal("AwaitingIdentity", await fixture.StateAsync(journey.CaseId, Cancellation));
        await journey.FillInAsync(MailUser.LinkIn(told, "vouch"), Cancellation, ("reviewer", "Olive Officer"), ("confirm", "confirmed"));
        await journey.ReadReviewLetterAsync(Cancellation);
    }

    [Theory]
    [InlineData("No, that was not me.")]
    [InlineData("Yes? I never asked for anything.")]
    [InlineData("Who is this? It wasn't me.")]
    public async Task I2_Given_a_denial_Then_nothing_is_confirmed(string words)
    {
        var (journey, letter) = await AskAsync($"no{words.Length}@example.org");
        await ReplyAsync(journey, letter, words);
        await ToldAsync(journey, "The person wrote again");
        Assert.Equal("AwaitingIdentity", await fixture.StateAsync(journey.CaseId, Cancellation));
    }

    [Fact]
    public async Task I2_Given_a_yes_with_the_number_alone_Then_it_joins_the_case_and_confirms_nothing()
    {
        var (journey, _) = await AskAsync("number@example.org");
        await DeliverAsync($"From: number@example.org\nSubject: Re: [{journey.CaseId}] We have your request\n\nYes, that was me.");
        var told = await ToldAsync(journey, "The person wrote again");
        Assert.DoesNotContain("/vouch/", told.Html, StringComparison.Ordinal);
        Assert.Equal(1, await fixture.CasesOfAsync("number@example.org", Cancellation));
        Assert.Equal("AwaitingIdentity", await fixture.StateAsync(journey.CaseId, Cancellation));
    }

    [Fact]
    public async Task I2_Given_a_yes_from_another_address_Then_it_confirms_nothing()
    {
        var (journey, letter) = await AskAsync("owner@example.org");
        await DeliverAsync($"From: thief@example.net\nSubject: Re\nIn-Reply-To: {letter}\n\nYes, that was me.");
        await fixture.Mail("thief@example.net").ReadNewAsync("[PR-", TimeSpan.FromSeconds(60), Cancellation);
        Assert.Equal("AwaitingIdentity", await fixture.StateAsync(journey.CaseId, Cancellation));
    }

    [Theory]
    [InlineData("postmaster@spectrum.tech", true)]
    [InlineData("MAILER-DAEMON@mail.example.net", false)]
    public async Task Given_a_report_that_our_letter_did_not_arrive_Then_the_officer_hears_and_the_record_says_so(string from, bool refers)
    {
        var (journey, letter) = await AskAsync($"gone{(refers ? 1 : 2)}@mistyped.example");
        await DeliverAsync(Bounce(from, journey.Person.Address, letter, refers));
        var told = await ToldAsync(journey, "A letter did not reach the person");
        Assert.Contains("no such user", told.Html, StringComparison.Ordinal);
        Assert.Contains("time to answer runs on", told.Html, StringComparison.Ordinal);
        Assert.Contains("could not be delivered", await RecordAsync(journey), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_thanks_to_a_case_that_is_over_Then_they_are_filed_and_open_nothing()
    {
        var (journey, letter) = await AskAsync("danke@example.org");
        await journey.ConfirmAsync(Cancellation, "no");
        await fixture.ClosesAsync(journey.CaseId, "not-the-sender", Cancellation);
        await ReplyAsync(
            journey, letter, "Danke, alles da!\n\nVon: Spectrum Data Privacy <dataprivacy@spectrum.tech>\nGesendet: Freitag\n"
                + "Betreff: We have your request\n\nWE HAVE YOUR REQUEST\n\nThank you for writing to us. We understand that you want:\n"
                + "- a copy of the data we hold about you\n- the data you gave us, to take elsewhere");
        await ToldAsync(journey, "The person wrote again");
        Assert.Equal(0, await fixture.CasesOfAsync("danke@example.org", Cancellation));
    }

    [Fact]
    public async Task S2_Given_an_officers_answer_by_mail_Then_it_decides_nothing_and_a_letter_says_where_to_click()
    {
        var (journey, _) = await AskAsync("decided.by.mail@example.org");
        await journey.ConfirmAsync(Cancellation);
        var review = await journey.ReadReviewLetterAsync(Cancellation);
        var letter = await MessageIdAsync(AppFixture.Officer, review);
        await DeliverAsync($"From: {AppFixture.Officer}\nSubject: Re: {review.Subject}\nIn-Reply-To: {letter}\n\nApproved.");
        var told = await ToldAsync(journey, "Your mail decided nothing");
        Assert.Contains("Approve", told.Html, StringComparison.Ordinal);
        Assert.Equal("AwaitingDecision", await fixture.StateAsync(journey.CaseId, Cancellation));
    }

    private static string Bounce(string from, string to, string letter, bool refers) =>
        $"From: Mail Service <{from}>\nSubject: Undeliverable\n{(refers ? $"In-Reply-To: {letter}\n" : "")}Auto-Submitted: auto-replied\n"
        + "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        + "--b\nContent-Type: text/plain\n\nNot delivered.\n\n"
        + "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;mx.example.net\n\n"
        + $"Final-Recipient: rfc822;{to}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp;550 5.1.1 no such user\n\n"
        + $"--b\nContent-Type: text/rfc822-headers\n\nFrom: dataprivacy@spectrum.tech\nTo: {to}\nMessage-ID: {letter}\n\n--b--\n";

    private static Task<ReceivedMail> ToldAsync(RequestJourney journey, string subject) =>
        journey.Officer.ReadNewAsync($"{journey.CaseId}] {subject}", TimeSpan.FromSeconds(60), Cancellation);

    private async Task<string> RecordAsync(RequestJourney journey) =>
        string.Join('\n', await fixture.RecordAsync(journey.CaseId, Cancellation));

    private async Task<(RequestJourney Journey, string Letter)> AskAsync(string address)
    {
        var journey = fixture.Journey(address);
        await journey.AskAsync(Cancellation);
        return (journey, await MessageIdAsync(address, await journey.ReadAcknowledgementAsync(Cancellation)));
    }

    private Task ReplyAsync(RequestJourney journey, string letter, string words) =>
        DeliverAsync($"From: {journey.Person.Address}\nSubject: Re: your letter\nIn-Reply-To: {letter}\nReferences: {letter}\n\n{words}");

    private async Task<string> MessageIdAsync(string mailbox, ReceivedMail mail) =>
        (string)(await fixture.App.Graph.GetFromJsonAsync<JsonObject>(
            $"users/{mailbox}/messages/{mail.Id}?$select=internetMessageId", Cancellation))!["internetMessageId"]!;

    private async Task DeliverAsync(string mime)
    {
        var headers = $"To: {AppFixture.Mailbox}\nMessage-ID: <{Guid.NewGuid():N}@people.example>\n";
        using var content = new StringContent((headers + mime).ReplaceLineEndings("\r\n"));
        using var delivered = await fixture.App.Graph.PostAsync("/local/mail", content, Cancellation);
        delivered.EnsureSuccessStatusCode();
    }
}
