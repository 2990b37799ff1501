using System.Security.Cryptography;
using System.Text;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Mail.Sending;

namespace Spectrum.PrivacyFlows.Tests.Mail;

public sealed class OutboxTests(AzuriteFixture azurite)
{
    private static readonly RenderedLetter Letter = new(
        "[PR] We have your request", "<!doctype html><html><body><p>Dear café</p></body></html>", "Dear café\n");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenALetterToThePerson_ItIsAnsweredInTheirThreadAsHtmlAndText_AtTheirAddressOnly()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var caseId = await OpenCaseAsync(lab, "Reply-To: elsewhere@evil.example");

        await lab.Outbox.SendToPersonAsync(caseId, "acknowledgement", Letter, Cancellation);

        var request = (await lab.InboxOfAsync(lab.Own))[0];
        var received = Assert.Single(await lab.InboxOfAsync(lab.Person));
        Assert.Empty(await lab.InboxOfAsync("elsewhere@evil.example"));
        var mime = await lab.MimeOfAsync(lab.Person, received.Id!);
        Assert.Equal(request.InternetMessageId!.Trim('<', '>'), mime.InReplyTo);
        Assert.Equal([mime.InReplyTo!], mime.References);
        Assert.Equal(
            (Letter.Subject, Letter.Html, Letter.Text), (mime.Subject, mime.HtmlBody!.TrimEnd(), mime.TextBody!.ReplaceLineEndings("\n")));
        Assert.Equal("All", mime.Headers["X-Auto-Response-Suppress"]);
        Assert.Equal($"{caseId}/acknowledgement", mime.Headers["X-PrivacyFlows-Letter"]);
        Assert.Equal("auto-generated", mime.Headers["Auto-Submitted"]);
        Assert.Equal(request.ConversationId, Assert.Single(await lab.ReadAsync(lab.Own, "SentItems")).ConversationId);
    }

    [Fact]
    public async Task GivenALetterThatWasSent_SendingItAgainDoesNothing()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var caseId = await OpenCaseAsync(lab);
        for (var i = 0; i < 3; i++)
            await lab.Outbox.SendToPersonAsync(caseId, "acknowledgement", Letter with { Html = $"<p>{i}</p>" }, Cancellation);
        lab.Restart();
        await lab.Outbox.SendToPersonAsync(caseId, "acknowledgement", Letter, Cancellation);

        Assert.Single(await lab.InboxOfAsync(lab.Person));
        Assert.Equal("<p>0</p>", await lab.Files.ReadTextAsync(caseId, "letters/acknowledgement.html", Cancellation));
    }

    [Fact]
    public async Task GivenTwoSendersAtOnce_OneLetterIsSent_AndNoDraftIsLeft()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var caseId = await OpenCaseAsync(lab);
        var first = lab.Outbox;
        lab.Restart();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => SendPatientlyAsync(i % 2 == 0 ? first : lab.Outbox, caseId)));
        Assert.Single(await lab.InboxOfAsync(lab.Person));
        Assert.Empty(await lab.ReadAsync(lab.Own, "Drafts"));
    }

    [Fact]
    public async Task GivenDifferentKeys_EachLetterIsSent()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var caseId = await OpenCaseAsync(lab);
        foreach (var key in new[] { "review/1", "review/1/reminder-7", "review/2" })
            await lab.Outbox.SendToOfficerAsync(caseId, key, [new EmailAddress(lab.Officer)], Letter, Cancellation);
        Assert.Equal(3, (await lab.InboxOfAsync(lab.Officer)).Count);
    }

    [Fact]
    public async Task GivenASentLetter_ItIsKeptAndOnRecord()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var caseId = await OpenCaseAsync(lab);
        await lab.Outbox.SendToPersonAsync(caseId, "acknowledgement", Letter, Cancellation);

        Assert.Equal(Letter.Html, await lab.Files.ReadTextAsync(caseId, "letters/acknowledgement.html", Cancellation));
        Assert.Equal(Letter.Text, await lab.Files.ReadTextAsync(caseId, "letters/acknowledgement.text", Cancellation));
        var line = (await lab.RecordOfAsync(caseId)).Single(line => line.Key == "letter/acknowledgement");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Letter.Html))), line.Facts["sha256"]);
        Assert.DoesNotContain(lab.Person, string.Join(' ', line.Facts.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenAHostileMessageId_TheThreadHeaderIsHarmless()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var caseId = await OpenCaseAsync(lab, "Message-ID: <a@b.example> , <c@d.example>\n Bcc: victim@evil.example");
        await lab.Outbox.SendToPersonAsync(caseId, "acknowledgement", Letter, Cancellation);
        Assert.Single(await lab.InboxOfAsync(lab.Person));
        Assert.Empty(await lab.InboxOfAsync("victim@evil.example"));
    }

    [Fact]
    public async Task GivenAKilledProcess_WhereverItWas_TheLetterIsSentOnce()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var caseId = await OpenCaseAsync(lab);
        var sent = 0;
        foreach (var way in new[] { lab.Storage, lab.Graph })
        {
            foreach (var isLost in new[] { false, true })
            {
                for (var at = 1; ; at++)
                {
                    var key = $"letter-{++sent}";
                    lab.Restart();
                    way.FailFrom = at;
                    way.AnswerIsLost = isLost;
                    var failed = await Xunit.Record.ExceptionAsync(() =>
                        lab.Outbox.SendToPersonAsync(caseId, key, Letter with { Subject = key }, Cancellation));
                    lab.Restart();
                    await lab.Outbox.SendToPersonAsync(caseId, key, Letter with { Subject = key }, Cancellation);
                    if (failed is null)
                        break;
                }
            }
        }
        var subjects = (await lab.InboxOfAsync(lab.Person)).Select(message => message.Subject!).ToList();
        Assert.True(sent > 20, $"only {sent} places");
        Assert.Equal(Enumerable.Range(1, sent).Select(number => $"letter-{number}").Order(), subjects.Order());
        Assert.Empty(await lab.ReadAsync(lab.Own, "Drafts"));
        Assert.Equal(sent, (await lab.RecordOfAsync(caseId)).Count(line => line.Key.StartsWith("letter/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task GivenADraftThatSomebodyThrewAway_ItIsSentOnceAllTheSame()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var caseId = await OpenCaseAsync(lab);
        lab.Restart();
        lab.Graph.FailFrom = 2;
        await Assert.ThrowsAsync<HttpRequestException>(() => lab.Outbox.SendToPersonAsync(caseId, "acknowledgement", Letter, Cancellation));
        lab.Restart();
        await lab.DeleteAsync((await lab.ReadAsync(lab.Own, "Drafts"))[0].Id!);
        await lab.Outbox.SendToPersonAsync(caseId, "acknowledgement", Letter, Cancellation);
        await lab.Outbox.SendToPersonAsync(caseId, "acknowledgement", Letter, Cancellation);
        Assert.Single(await lab.InboxOfAsync(lab.Person));
    }

    private static async Task<CaseId> OpenCaseAsync(MailLab lab, params string[] headers)
    {
        await lab.DeliverAsync(Mail.From(lab.Person, "SAR", "please", headers));
        await lab.SweepAsync();
        return Assert.Single(await lab.CasesAsync()).Id;
    }

    private static async Task SendPatientlyAsync(IOutbox outbox, CaseId caseId)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await outbox.SendToPersonAsync(caseId, "acknowledgement", Letter, Cancellation);
                return;
            }
            catch (LetterNotSentException) when (tries < 5)
            {
                await Task.Delay(50, Cancellation);
            }
        }
    }
}
