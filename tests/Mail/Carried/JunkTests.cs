using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.Mail.Carried;

/// <summary>What the mail service takes for junk is looked at: a request or an answer among it is not lost.</summary>
public sealed class JunkTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenARequestInJunkEmail_TheOfficerHearsAtOnce_AndItIsACaseWhenTheySaySo()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await JunkAsync(lab, Mail.From(lab.Person, "Hello", "Please send me a copy of my personal data."));
        await lab.SweepAsync();
        Assert.Empty(await lab.CasesAsync());
        Assert.Equal(nameof(HoldReason.RequestInJunk), Assert.Single(await lab.HeldAsync()).Reason);
        var letter = Assert.Single(await lab.InboxOfAsync(lab.Officer));
        Assert.Contains("Junk Email", letter.Body!.Content, StringComparison.Ordinal);
        await lab.Held.ReleaseAsync(await lab.HeldAsync(), Release.Case, Cancellation);
        await lab.SweepAsync();
        Assert.Equal(lab.Person, Assert.Single(await lab.CasesAsync()).From.Value);
    }

    [Fact]
    public async Task GivenJunkThatAsksNothing_ItWaitsForTheDigest_AndIsACaseOnceSomebodyMovesItToTheInbox()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var id = await JunkAsync(lab, Mail.From(lab.Person, "Hello", "I wrote to you about my printer and the account."));
        await lab.SweepAsync();
        Assert.Equal(nameof(HoldReason.Junk), Assert.Single(await lab.HeldAsync()).Reason);
        Assert.Empty(await lab.InboxOfAsync(lab.Officer));

        await lab.MoveAsync(id, "inbox");
        await lab.SweepAsync();
        await lab.SweepAsync();
        Assert.Empty(await lab.HeldAsync());
        Assert.Equal(lab.Person, Assert.Single(await lab.CasesAsync()).From.Value);
        Assert.Single(lab.Starts);
    }

    [Fact]
    public async Task GivenAPersonsAnswerInJunkEmail_ItIsFiledWithTheirCase()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From(lab.Person, "Subject access request", "Please send me a copy of my personal data."));
        await lab.SweepAsync();
        var opened = Assert.Single(await lab.CasesAsync());
        await lab.Outbox.SendToPersonAsync(
            opened.Id, "acknowledgement", new RenderedLetter("[PR] We have your request", "<p>Hello</p>", "Hello\n"), Cancellation);
        var letter = Assert.Single(await lab.InboxOfAsync(lab.Person)).InternetMessageId;
        await JunkAsync(lab, Mail.From(lab.Person, "Re: We have your request", "Can you hurry?", $"In-Reply-To: {letter}"));
        await lab.SweepAsync();
        Assert.Empty(await lab.HeldAsync());
        Assert.Contains(await lab.RecordOfAsync(opened.Id), line => line.Key.StartsWith("correspondence/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenACaseWhoseMailSomebodyMovesToJunkEmail_NothingHappensTwice()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From(lab.Person, "Subject access request", "Please send me a copy of my personal data."));
        await lab.SweepAsync();
        await lab.MoveAsync(Assert.Single(await lab.InboxOfAsync(lab.Own)).Id!, "junkemail");
        await lab.SweepAsync();
        Assert.Single(await lab.CasesAsync());
        Assert.Empty(await lab.HeldAsync());
    }

    /// <returns>Graph's id.</returns>
    private static async Task<string> JunkAsync(MailLab lab, string mime)
    {
        var before = (await lab.InboxOfAsync(lab.Own)).Select(mail => mail.Id).ToHashSet();
        await lab.DeliverAsync(mime);
        var id = (await lab.InboxOfAsync(lab.Own)).Single(mail => !before.Contains(mail.Id)).Id!;
        await lab.MoveAsync(id, "junkemail");
        return id;
    }
}
