using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Mail.Sending;

namespace Spectrum.PrivacyFlows.Tests.Mail;

public sealed class CorrespondenceTests(AzuriteFixture azurite)
{
    private static readonly RenderedLetter Letter = new("[PR] We have your request", "<p>Hello</p>", "Hello\n");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenThePersonAnswersALetter_ItIsFiledWithTheCase_AndTheOfficerHears()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var (caseId, letterId) = await OpenAndAcknowledgeAsync(lab);
        await lab.DeliverAsync(Mail.From(lab.Person, "Re: your letter", "One more <thing>.", $"In-Reply-To: {letterId}"));

        await lab.SweepAsync();
        await lab.ForgetLinkAsync();
        await lab.SweepAsync();

        Assert.Equal(caseId, Assert.Single(await lab.CasesAsync()).Id);
        var line = (await lab.RecordOfAsync(caseId)).Single(line => line.Key.StartsWith("correspondence/", StringComparison.Ordinal));
        Assert.True(await lab.Files.ExistsAsync(caseId, line.Facts["file"], Cancellation));
        var told = Assert.Single(await lab.InboxOfAsync(lab.Officer));
        Assert.Contains(caseId.ToString(), told.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenTheOfficerAnswersInTheThread_ItIsFiled_AndALetterSaysWhereToClick()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var (caseId, letterId) = await OpenAndAcknowledgeAsync(lab);
        await lab.DeliverAsync(Mail.From(lab.Officer, "Re", "Noted.", $"References: <unknown@x.example> {letterId}"));
        await lab.SweepAsync();
        Assert.Single(await lab.CasesAsync());
        Assert.Contains(await lab.RecordOfAsync(caseId), line => line.Text.StartsWith("An officer", StringComparison.Ordinal));
        Assert.Contains("decided nothing", Assert.Single(await lab.InboxOfAsync(lab.Officer)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenSomebodyElseAnswers_ItIsARequestOfTheirOwn()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var (_, letterId) = await OpenAndAcknowledgeAsync(lab);
        await lab.DeliverAsync(Mail.From("mallory@people.example", "Re", "Send it to me.", $"In-Reply-To: {letterId}"));
        await lab.SweepAsync();
        Assert.Equal(2, (await lab.CasesAsync()).Count);
    }

    [Theory]
    [InlineData("Reply-To: PERSON")]
    [InlineData("Sender: PERSON")]
    [InlineData("Resent-From: PERSON")]
    [InlineData("X-Original-From: PERSON")]
    public async Task GivenSomebodyElseAnswersAndNamesThePerson_ItIsARequestOfTheirOwn(string header)
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var (caseId, letterId) = await OpenAndAcknowledgeAsync(lab);
        await lab.DeliverAsync(Mail.From(
            $"\"{lab.Person}\" <mallory@people.example>", "Re", "Send it to me.", $"In-Reply-To: {letterId}",
            header.Replace("PERSON", lab.Person, StringComparison.Ordinal)));
        await lab.SweepAsync();
        Assert.Equal(
            ["mallory@people.example"],
            (await lab.CasesAsync()).Where(found => found.Id != caseId).Select(found => found.From.Value));
        Assert.DoesNotContain(await lab.RecordOfAsync(caseId), line => line.Key.StartsWith("correspondence/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Message-ID: LETTER")]
    [InlineData("In-Reply-To: LETTER")]
    [InlineData("References: LETTER")]
    public async Task GivenSomebodyElseUsesAnIdOfTheThread_ThePersonsAnswersAreFiledStill(string header)
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var (caseId, letterId) = await OpenAndAcknowledgeAsync(lab);
        await lab.DeliverAsync(Mail.From(
            "mallory@people.example", "Re", "A copy of my data.", header.Replace("LETTER", letterId, StringComparison.Ordinal)));
        await lab.SweepAsync();
        Assert.Equal(2, (await lab.CasesAsync()).Count);

        await lab.DeliverAsync(Mail.From(lab.Person, "Re: your letter", "One more thing.", $"In-Reply-To: {letterId}"));
        await lab.SweepAsync();

        Assert.Equal(2, (await lab.CasesAsync()).Count);
        Assert.Contains(await lab.RecordOfAsync(caseId), line => line.Key.StartsWith("correspondence/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenTheCaseIsClosed_AnAnswerIsANewRequest()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var (caseId, letterId) = await OpenAndAcknowledgeAsync(lab);
        await lab.Cases.UpdateAsync(caseId, found => found with { State = CaseState.Closed }, Cancellation);
        await lab.DeliverAsync(Mail.From(lab.Person, "Again", "A copy of my data please.", $"In-Reply-To: {letterId}"));
        await lab.SweepAsync();
        Assert.NotEqual(caseId, Assert.Single(await lab.CasesAsync()).Id);
    }

    [Fact]
    public async Task GivenThePersonWritesANewMessageBeforeConfirming_ItJoinsTheCase_AndNobodyGetsALetter()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var (caseId, _) = await OpenAndAcknowledgeAsync(lab, "Please send me a copy of my personal data.");
        await lab.DeliverAsync(Mail.From(lab.Person, "Another SAR", "please"));
        await lab.SweepAsync();
        Assert.Equal(caseId, Assert.Single(await lab.CasesAsync()).Id);
        Assert.Contains(await lab.RecordOfAsync(caseId), line => line.Key.StartsWith("correspondence/", StringComparison.Ordinal));
        Assert.Single(await lab.InboxOfAsync(lab.Person));
        Assert.Empty(await lab.InboxOfAsync(lab.Officer));
    }

    [Fact]
    public async Task GivenThePersonWritesANewMessageOnceTheCaseIsConfirmed_ItIsANewRequest()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var (caseId, _) = await OpenAndAcknowledgeAsync(lab);
        await lab.Cases.UpdateAsync(caseId, found => found.Reached(CaseState.Collecting), Cancellation);
        await lab.DeliverAsync(Mail.From(lab.Person, "Another SAR", "please"));
        await lab.SweepAsync();
        Assert.Equal(2, (await lab.CasesAsync()).Count);
    }

    [Fact]
    public async Task GivenFiftyRepliesInOneThread_TheOfficerGetsOneLetter_AndTheDigestCountsTheOthers()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var (caseId, letterId) = await OpenAndAcknowledgeAsync(lab);
        for (var i = 0; i < 50; i++)
            await lab.DeliverAsync(Mail.From(lab.Person, "Re", $"And {i}.", $"In-Reply-To: {letterId}"));
        await lab.SweepAsync();
        Assert.Single(await lab.InboxOfAsync(lab.Officer));
        Assert.Equal(49, await lab.Held.ReadFiledAsync(Cancellation).CountAsync(one => one.Outcome == caseId.ToString(), Cancellation));
    }

    private static async Task<(CaseId CaseId, string LetterId)> OpenAndAcknowledgeAsync(MailLab lab, string body = "please")
    {
        await lab.DeliverAsync(Mail.From(lab.Person, "SAR", body));
        await lab.SweepAsync();
        var caseId = Assert.Single(await lab.CasesAsync()).Id;
        await lab.Outbox.SendToPersonAsync(caseId, "acknowledgement", Letter, Cancellation);
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        return (caseId, (await lab.InboxOfAsync(lab.Person))[0].InternetMessageId!);
    }
}
