using System.Security.Cryptography;
using System.Text;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.Mail.Floods;

/// <summary>S2: nothing that is kept of a letter, or of mail that quotes one, holds a link or a code that still works.</summary>
public sealed class KeptMailTests(AzuriteFixture azurite)
{
    private const string Link =
        "https://privacy.example/api/cases/PR-2026-000001/confirm/"
            + "AQEAAAAAaZv0AHN0b2xlbi1hbmQtc3RpbGwtd29ya2luZy1saW5rLW9mLW91cnMtMDEyMzQ1Njc4OTAx";

    private const string Sar = "Please send me a copy of my personal data.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S2_GivenALetterWithLinksAndACode_WhatIsKeptHoldsNeither_AndTheRecordHasTheHashOfWhatWasSent()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var caseId = await OpenCaseAsync(lab);
        var letter = new RenderedLetter("[PR] Letter", $"<a href=\"{Link}\">here</a> 042917", $"{Link} 042917\n");
        await lab.Outbox.SendToPersonAsync(caseId, "with-link", letter, Cancellation);
        await lab.Outbox.SendToPersonAsync(caseId, "with-code", letter with { Codes = ["042917"] }, Cancellation);
        foreach (var file in (string[])["with-link.html", "with-link.text", "with-code.html", "with-code.text"])
        {
            var kept = await lab.Files.ReadTextAsync(caseId, $"letters/{file}", Cancellation);
            Assert.DoesNotContain("AQEAAAAA", kept, StringComparison.Ordinal);
            Assert.Equal(file.StartsWith("with-link", StringComparison.Ordinal), kept!.Contains("042917", StringComparison.Ordinal));
        }
        var lines = (await lab.RecordOfAsync(caseId)).ToDictionary(line => line.Key);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(letter.Html))), lines["letter/with-link"].Facts["sha256"]);
        // A million codes are hashed within a second, so this hash needs the key.
        Assert.False(lines["letter/with-code"].Facts.ContainsKey("sha256"));
        Assert.Equal(64, lines["letter/with-code"].Facts["hmacSha256"].Length);
    }

    [Theory]
    [InlineData("7bit")]
    [InlineData("quoted-printable")]
    [InlineData("base64")]
    public async Task S2_GivenAReplyThatQuotesALink_ItIsKeptMasked_AndItsHashIsThatOfTheMessageAsItCame(string encoding)
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var caseId = await OpenCaseAsync(lab);
        var mime = Reply(lab, encoding);
        await lab.DeliverAsync(mime);
        await lab.SweepAsync();
        var line = (await lab.RecordOfAsync(caseId)).Single(one => one.Key.StartsWith("correspondence/", StringComparison.Ordinal));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(mime)), line.Facts["sha256"]);
        await using var file = await lab.Files.OpenReadAsync(caseId, line.Facts["file"], Cancellation);
        var kept = await MimeKit.MimeMessage.LoadAsync(file, Cancellation);
        Assert.Contains("I do not know", kept.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("AQEAAAAA", kept.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "AQEAAAAA", await lab.Files.ReadTextAsync(caseId, line.Facts["file"], Cancellation), StringComparison.Ordinal);
    }

    private static byte[] Reply(MailLab lab, string encoding)
    {
        var part = new MimeKit.TextPart("plain") { Text = $"I do not know.\n\n> Open this page:\n> {Link}\n" };
        part.ContentTransferEncoding = Enum.Parse<MimeKit.ContentEncoding>(
            encoding switch { "7bit" => "SevenBit", "base64" => "Base64", _ => "QuotedPrintable" });
        var message = new MimeKit.MimeMessage { Subject = "Re", Body = part };
        message.From.Add(MimeKit.MailboxAddress.Parse(lab.Person));
        message.To.Add(MimeKit.MailboxAddress.Parse(lab.Own));
        using var bytes = new MemoryStream();
        message.WriteTo(bytes);
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes.ToArray()).ReplaceLineEndings("\r\n"));
    }

    private static async Task<CaseId> OpenCaseAsync(MailLab lab)
    {
        await lab.DeliverAsync(Mail.From(lab.Person, "SAR", Sar));
        await lab.SweepAsync();
        lab.Clock.Advance(TimeSpan.FromHours(1));
        return Assert.Single(await lab.CasesAsync()).Id;
    }
}
