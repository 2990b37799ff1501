using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.Mail.Floods;

/// <summary>What waits for the officer instead of becoming a case, and that nothing is dropped.</summary>
public sealed class HoldingTests(AzuriteFixture azurite)
{
    private const string Sar = "Please send me a copy of my personal data.";
    private static readonly RenderedLetter Letter = new("[PR] We have your request", "<p>Hello</p>", "Hello\n");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Auto-Submitted: auto-replied", HoldReason.AutomaticReply)]
    [InlineData("Auto-Submitted: auto-generated (vacation)", HoldReason.AutomaticReply)]
    [InlineData("X-Autoreply: yes", HoldReason.AutomaticReply)]
    [InlineData("Precedence: bulk", HoldReason.MailingList)]
    [InlineData("List-Id: <news.example>", HoldReason.MailingList)]
    [InlineData("List-Unsubscribe: <https://news.example/u>", HoldReason.MailingList)]
    [InlineData("Return-Path: <>", HoldReason.DeliveryReport)]
    [InlineData("Content-Type: multipart/report; report-type=delivery-status; boundary=b", HoldReason.DeliveryReport)]
    [InlineData("X-PrivacyFlows-Letter: PR-2026-000001/acknowledgement", HoldReason.OwnLetter)]
    [InlineData("From: \"john smith\"@people.example", HoldReason.UnusualSender)]
    [InlineData("From: Nobody at all", HoldReason.NoSender)]
    public async Task GivenMailThatAMachineSeemsToHaveSent_ItIsHeldUnreadAndUnanswered(string header, HoldReason reason)
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From("ada@people.example", "Subject access request", Sar, header));
        await lab.SweepAsync();
        await lab.ForgetLinkAsync();
        await lab.SweepAsync();
        Assert.Empty(await lab.CasesAsync());
        Assert.Equal(reason.ToString(), Assert.Single(await lab.HeldAsync()).Reason);
        Assert.False(Assert.Single(await lab.InboxOfAsync(lab.Own)).IsRead);
        Assert.DoesNotContain(lab.Log, line => line.Contains("people.example", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("List-Unsubscribe: <https://forms.example/u>")]
    [InlineData("From: \"john smith\"@people.example")]
    public async Task GivenTheOfficerReleasesIt_ItIsACaseLikeAnyOther(string header)
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From("ada@people.example", "Subject access request", Sar, header));
        await lab.SweepAsync();
        Assert.Equal(1, await lab.Held.ReleaseAsync(await lab.HeldAsync(), Release.Case, Cancellation));
        await lab.SweepAsync();
        Assert.NotEmpty(Assert.Single(await lab.CasesAsync()).Rights);
        Assert.Empty(await lab.HeldAsync());
        Assert.Single(lab.Starts);
    }

    [Fact]
    public async Task GivenTheOfficerSetsItAside_ItNeverComesBack()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From("ada@people.example", "News", "Buy now", "List-Id: <news.example>"));
        await lab.SweepAsync();
        var held = await lab.HeldAsync();
        Assert.Equal(1, await lab.Held.SetAsideAsync(held, Cancellation));
        Assert.Equal(0, await lab.Held.ReleaseAsync(held, Release.Case, Cancellation));
        await lab.ForgetLinkAsync();
        await lab.SweepAsync();
        Assert.Empty(await lab.HeldAsync());
        Assert.Empty(await lab.CasesAsync());
    }

    [Fact]
    public async Task GivenAnOutOfOfficeNoteInACasesThread_ItIsFiled_AndNobodyIsTold()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var letter = await OpenAndAcknowledgeAsync(lab);
        await lab.DeliverAsync(
            Mail.From(lab.Person, "Out of office", "I am away.", $"In-Reply-To: {letter}", "Auto-Submitted: auto-replied"));
        await lab.SweepAsync();
        Assert.Single(await lab.CasesAsync());
        Assert.Empty(await lab.HeldAsync());
        Assert.Empty(await lab.InboxOfAsync(lab.Officer));
    }

    [Fact]
    public async Task GivenAMachineThatAnswersOurLettersWithoutAThread_ItIsHeldFromTheThirdOn()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await OpenAndAcknowledgeAsync(lab);
        for (var i = 0; i < 6; i++)
        {
            await lab.DeliverAsync(Mail.From(lab.Person, $"Thank you {i}", "Your message is important to us."));
            await lab.SweepAsync();
        }
        Assert.Single(await lab.CasesAsync());
        Assert.Equal(4, (await lab.HeldAsync()).Count(held => held.Reason == nameof(HoldReason.Loop)));
        Assert.Single(await lab.InboxOfAsync(lab.Person));
    }

    [Fact]
    public async Task GivenEveryKindOfMail_NoneIsReadWithoutACaseOrAPlaceInTheDigest()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var letter = await OpenAndAcknowledgeAsync(lab);
        lab.Clock.Advance(TimeSpan.FromHours(1));
        string[] odd =
        [
            "Auto-Submitted: auto-replied", "Precedence: list", "List-Post: <mailto:x@y.example>", "Return-Path: <>", "From: <>",
            "From: undisclosed", "From: a@b@c", "From: \"john smith\"@people.example", $"From: {lab.Own}", "Content-Type: multipart/report",
            "X-PrivacyFlows-Letter: x", $"In-Reply-To: {letter}", "Content-Type: application/octet-stream", "Auto-Submitted: no",
        ];
        foreach (var header in odd)
            await lab.DeliverAsync(Mail.From("ada@people.example", "SAR", Sar, header));
        foreach (var header in odd.Where(header => !header.StartsWith("From", StringComparison.Ordinal)))
            await lab.DeliverAsync(Mail.From(lab.Person, "SAR", Sar, header));
        await lab.DeliverAsync("no headers at all");
        await lab.SweepAsync();

        var held = (await lab.HeldAsync()).Select(entry => entry.MessageId).ToHashSet();
        var cases = (await lab.CasesAsync()).Select(found => found.Id.ToString()).ToHashSet();
        foreach (var message in await lab.InboxOfAsync(lab.Own))
        {
            var isOfACase = message.Categories!.Count > 0 && cases.Contains(message.Categories[0]);
            Assert.True(isOfACase != held.Contains(message.Id!), $"{message.From?.EmailAddress?.Address}: neither or both");
            Assert.Equal(isOfACase, message.IsRead);
        }
    }

    private static async Task<string> OpenAndAcknowledgeAsync(MailLab lab)
    {
        await lab.DeliverAsync(Mail.From(lab.Person, "SAR", Sar));
        await lab.SweepAsync();
        await lab.Outbox.SendToPersonAsync(Assert.Single(await lab.CasesAsync()).Id, "acknowledgement", Letter, Cancellation);
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        return (await lab.InboxOfAsync(lab.Person))[0].InternetMessageId!;
    }
}
