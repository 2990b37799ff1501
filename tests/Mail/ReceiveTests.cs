using System.Security.Cryptography;
using System.Text;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Tests.Mail;

public sealed class ReceiveTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenARequest_ItBecomesOneCase()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From(
            "Ada Quickfoot <ada@people.example>",
            "Subject access request",
            "Please send me a copy of my data.",
            "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=people.example; dkim=pass header.d=people.example; "
                + "dmarc=pass action=none header.from=people.example;compauth=pass reason=100"));

        await lab.SweepAsync();
        await lab.SweepAsync();

        var opened = Assert.Single(await lab.CasesAsync());
        Assert.Equal(("ada@people.example", "Ada Quickfoot", "Subject access request"), (opened.From.Value, opened.Name, opened.Subject));
        Assert.Equal([Right.Access], opened.Rights);
        Assert.Equal("from-domain: spf=pass dkim=pass dmarc=pass compauth=pass reason=100", opened.Authentication);
        Assert.Equal(lab.Clock.GetUtcNow(), opened.ReceivedAt);
        Assert.Equal([opened.Id], lab.Starts);
        var line = Assert.Single(await lab.RecordOfAsync(opened.Id));
        Assert.Equal(("received", "email", opened.Authentication), (line.Key, line.Facts["channel"], line.Facts["authentication"]));
    }

    [Fact]
    public async Task GivenARequest_ItIsKeptByteForByte_AndItsHashIsOnRecord()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        byte[] mime =
        [
            .. Encoding.ASCII.GetBytes(
                "From: ada@people.example\r\nMessage-ID: <odd@people.example>\r\nSubject: odd\r\nX-Odd:  two  blanks\r\n\r\n"),
            0xFF,
            0x00,
            0xFE,
            .. "mixed\nline\r\nends\r"u8,
        ];
        await lab.DeliverAsync(mime);

        await lab.SweepAsync();

        var opened = Assert.Single(await lab.CasesAsync());
        using var kept = new MemoryStream();
        await using (var stored = await lab.Files.OpenReadAsync(opened.Id, "request.eml", Cancellation))
            await stored.CopyToAsync(kept, Cancellation);
        Assert.Equal(mime, kept.ToArray());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(mime)), (await lab.RecordOfAsync(opened.Id))[0].Facts["sha256"]);
    }

    [Fact]
    public async Task GivenMailFromBeforeGoingLive_ItIsLeftAlone_AndWhatComesLaterIsTaken()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From("ada@people.example", "Old", "please send me a copy of my data"));
        lab.Clock.Advance(TimeSpan.FromHours(1));
        lab.Since = lab.Clock.GetUtcNow();
        lab.Restart();
        await lab.DeliverAsync(Mail.From("bob@people.example", "New", "please send me a copy of my data"));
        await lab.SweepAsync();
        Assert.Equal("bob@people.example", Assert.Single(await lab.CasesAsync()).From.Value);
    }

    [Fact]
    public async Task GivenTheSameMessageTwice_ThereIsOneCase()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var mime = Mail.From("ada@people.example", "SAR", "please");
        await lab.DeliverAsync(mime);
        await lab.DeliverAsync(mime);
        await lab.SweepAsync();
        await lab.DeliverAsync(mime);
        await lab.SweepAsync();
        Assert.Single(await lab.CasesAsync());
    }

    [Fact]
    public async Task GivenTwoPeopleWhoseProgramsGiveOneMessageId_BothGetACase()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From("ada@people.example", "SAR", "please", "Message-ID: <same@broken.example>"));
        await lab.DeliverAsync(Mail.From("bob@people.example", "SAR", "please", "Message-ID: <same@broken.example>"));
        await lab.SweepAsync();
        Assert.Equal(2, (await lab.CasesAsync()).Count);
    }

    [Fact]
    public async Task GivenSweepsAtOnceInTwoProcesses_EachMessageIsOneCase()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        for (var i = 0; i < 5; i++)
            await lab.DeliverAsync(Mail.From($"person{i}@people.example", "SAR", "please"));
        var first = lab.Receiver;
        lab.Restart();
        var second = lab.Receiver;

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? first : second).SweepAsync(lab.StartCaseAsync, Cancellation)));
        await lab.SweepAsync();

        Assert.Equal(5, (await lab.CasesAsync()).Count);
        Assert.Equal(5, lab.Starts.Distinct().Count());
    }

    [Fact]
    public async Task GivenTheInboxIsReadAnewFromTheBeginning_NothingIsTakenTwice()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        for (var i = 0; i < 12; i++)
            await lab.DeliverAsync(Mail.From($"person{i}@people.example", "SAR", "please"));
        await lab.SweepAsync();
        await lab.ForgetLinkAsync();
        await lab.SweepAsync();
        Assert.Equal(12, (await lab.CasesAsync()).Count);
        Assert.Equal(12, lab.Starts.Count);
    }

    [Theory]
    [InlineData("Auto-Submitted: no")]
    [InlineData("Precedence: normal")]
    [InlineData("X-Auto-Response-Suppress: DR, RN, NRN, OOF")]
    [InlineData("Return-Path: <ada@people.example>")]
    public async Task GivenHeadersThatPeopleSendToo_ACaseIsOpened(string header)
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From("ada@people.example", "SAR", "please", header));
        await lab.SweepAsync();
        Assert.Single(await lab.CasesAsync());
    }

    [Fact]
    public async Task GivenOurOwnAddressAsSender_NoCaseIsOpened()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From(lab.Own, "SAR", "please"));
        await lab.SweepAsync();
        Assert.Empty(await lab.CasesAsync());
    }

    [Fact]
    public async Task GivenTakenMail_NoAddressNameOrSubjectIsLogged()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From("Ada Quickfoot <ada@people.example>", "Zanzibar SAR", "please"));
        await lab.DeliverAsync(Mail.From("Bob Slowhand <bob@people.example>", "Zanzibar away", "", "Auto-Submitted: auto-replied"));
        await lab.SweepAsync();
        Assert.NotEmpty(lab.Log);
        Assert.DoesNotContain(lab.Log, line => new[] { "people.example", "Quickfoot", "Slowhand", "Zanzibar" }.Any(word =>
            line.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task GivenATakenMessage_ItIsMarkedWithItsCase()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From("ada@people.example", "SAR", "please"));
        await lab.SweepAsync();
        var message = Assert.Single(await lab.InboxOfAsync(lab.Own));
        Assert.True(message.IsRead);
        Assert.Equal([(await lab.CasesAsync())[0].Id.ToString()], message.Categories);
    }

    [Fact]
    public async Task GivenMailIsTaken_HealthSaysSo()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        Assert.False(await lab.Receiver.IsTakingMailAsync(Cancellation));
        await lab.SweepAsync();
        Assert.True(await lab.Receiver.IsTakingMailAsync(Cancellation));
        lab.Graph.FailFrom = 1;
        await Assert.ThrowsAnyAsync<Exception>(lab.SweepAsync);
        Assert.True(await lab.Receiver.IsTakingMailAsync(Cancellation));
        lab.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.False(await lab.Receiver.IsTakingMailAsync(Cancellation));
    }
}
