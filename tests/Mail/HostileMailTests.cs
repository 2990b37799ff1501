using System.IO.Compression;
using System.Text;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Tests.LocalMailbox;

namespace Spectrum.PrivacyFlows.Tests.Mail;

/// <summary>Each of these becomes a case or a logged refusal, and the mail behind it is taken.</summary>
public sealed class HostileMailTests(AzuriteFixture azurite)
{
    private const string Ask = "Please send me a copy of my data.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/gzip", "data.gz")]
    [InlineData("application/zip", "data.zip")]
    public async Task GivenAPackedAttachment_ItIsNeverOpened(string type, string name)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(new string('\n', 32 << 20) + "erase all my data"));
        var encoded = Convert.ToBase64String(packed.ToArray(), Base64FormattingOptions.InsertLineBreaks);
        var mime = Mail.From(
            "ada@people.example",
            "Hello",
            $"--b\nContent-Type: text/plain\n\n{Ask}\n--b\nContent-Type: {type}; name={name}\nContent-Disposition: attachment\n"
                + $"Content-Transfer-Encoding: base64\n\n{encoded}\n--b--",
            "Content-Type: multipart/mixed; boundary=b");
        var (lab, opened) = await TakeAsync(mime);
        await using var _ = lab;
        // Its words are not read, and all that is kept of it are the bytes within the message.
        Assert.Equal([Right.Access], opened!.Rights);
        await using var kept = await lab.Files.OpenReadAsync(opened.Id, "request.eml", Cancellation);
        Assert.Equal(Encoding.UTF8.GetByteCount(mime.ReplaceLineEndings("\r\n")), kept.Length);
    }

    [Fact]
    public async Task GivenAnAttachmentOf25Megabytes_ItIsKeptWhole()
    {
        var attachment = Convert.ToBase64String(new byte[25 << 20], Base64FormattingOptions.InsertLineBreaks);
        var mime = Mail.From(
            "ada@people.example",
            "Hello",
            $"--b\nContent-Type: text/plain\n\n{Ask}\n--b\nContent-Type: application/octet-stream\n"
                + $"Content-Transfer-Encoding: base64\n\n{attachment}\n--b--",
            "Content-Type: multipart/mixed; boundary=b");
        var (lab, opened) = await TakeAsync(mime);
        await using var _ = lab;
        Assert.Equal([Right.Access], opened!.Rights);
        await using var kept = await lab.Files.OpenReadAsync(opened.Id, "request.eml", Cancellation);
        Assert.Equal(Encoding.UTF8.GetByteCount(mime.ReplaceLineEndings("\r\n")), kept.Length);
    }

    [Fact]
    public Task GivenNoSubject() => IsACaseAsync(Mail.From("ada@people.example", "", Ask), Right.Access);

    [Fact]
    public Task GivenNoBody() => IsACaseAsync(Mail.From("ada@people.example", "Subject access request", ""), Right.Access);

    [Fact]
    public Task GivenNothingAtAll() => IsACaseAsync("From: ada@people.example\n\n");

    [Fact]
    public Task GivenHtmlOnly() =>
        IsACaseAsync(
            Mail.From(
                "ada@people.example",
                "",
                "<html><head><style>p{}</style></head><body><p>Please send me a&nbsp;copy<br>of my <b>data</b>.</p>"
                    + "<script>alert('delete my data')</script><blockquote>delete my data</blockquote></body></html>",
                "Content-Type: text/html"),
            Right.Access);

    [Fact]
    public Task GivenHtmlNestedWithoutEnd() =>
        IsACaseAsync(Mail.From(
            "ada@people.example", "", string.Concat(Enumerable.Repeat("<div><blockquote><table>", 30_000)), "Content-Type: text/html"));

    [Fact]
    public Task GivenBrokenMime() =>
        IsACaseAsync(
            Mail.From(
                "ada@people.example",
                "Subject access request",
                "--x\nContent-Type: multipart/mixed; boundary=\"\n\n--y\n=?utf-8?B?//8=?=",
                "Content-Type: multipart/mixed; boundary=x",
                "Content-Transfer-Encoding: made-up",
                "MIME-Version: 9"),
            Right.Access);

    [Theory]
    [InlineData("x-no-such-charset")]
    [InlineData("utf-16")]
    [InlineData("us-ascii")]
    public Task GivenAWrongCharset(string charset) =>
        IsACaseAsync(
            Mail.From("ada@people.example", "Subject access request", "caf\u00e9", $"Content-Type: text/plain; charset={charset}"),
            Right.Access);

    [Fact]
    public Task GivenANestedMessage_OnlyTheOuterOneCounts() =>
        IsACaseAsync(Mail.From(
            "ada@people.example",
            "Fwd",
            "--b\nContent-Type: text/plain\n\nSee attached.\n--b\nContent-Type: message/rfc822\n\nFrom: bob@people.example\n"
                + "Subject: SAR\n\nSubject access request\n--b--",
            "Content-Type: multipart/mixed; boundary=b"));

    [Fact]
    public Task GivenTenThousandRecipients() =>
        IsACaseAsync(
            Mail.From(
                "ada@people.example",
                "SAR",
                Ask,
                "To: " + string.Join(",\n ", Enumerable.Range(0, 10_000).Select(i => $"person{i}@people.example"))),
            Right.Access);

    [Fact]
    public async Task GivenScriptAndControlCharactersInEveryField_TheyStayText()
    {
        var (lab, opened) = await TakeAsync(Mail.From(
            "=?utf-8?B?PHNjcmlwdD4BDQpCY2M6IHZAZXZpbC5leGFtcGxl?= <ada@people.example>",
            "=?utf-8?B?PHNjcmlwdD4NClgtSW5qZWN0ZWQ6IDE=?=",
            "<script>alert(1)</script>" + Ask,
            "Message-ID: <\"><script>@x.example>"));
        await using var _ = lab;
        Assert.DoesNotContain(opened!.Name + opened.Subject, char.IsControl);
    }

    [Theory]
    [InlineData("From: not an address")]
    [InlineData("From: ")]
    [InlineData("From: <>")]
    [InlineData("X-None: 1")]
    public async Task GivenNoUsableSender_ItIsHeldForTheOfficer(string from)
    {
        var (lab, opened) = await TakeAsync($"{from}\nTo: x@spectrum.example\nSubject: SAR\n\nplease\n");
        await using var _ = lab;
        Assert.Null(opened);
        Assert.Equal(nameof(HoldReason.NoSender), Assert.Single(await lab.HeldAsync()).Reason);
    }

    [Fact]
    public async Task GivenALongSubjectAndName_TheyAreCut()
    {
        var (lab, opened) = await TakeAsync(Mail.From($"{new string('n', 5_000)} <ada@people.example>", new string('s', 50_000), Ask));
        await using var _ = lab;
        Assert.Equal((200, 500), (opened!.Name.Length, opened.Subject.Length));
    }

    private async Task IsACaseAsync(string mime, params Right[] rights)
    {
        var (lab, opened) = await TakeAsync(mime);
        await using var _ = lab;
        Assert.NotNull(opened);
        Assert.Equal(rights, opened.Rights);
        Assert.NotEmpty(await lab.RecordOfAsync(opened.Id));
    }

    /// <summary>Delivers the message and a harmless one after it, and says what became of the first.</summary>
    private async Task<(MailLab Lab, Case? Opened)> TakeAsync(string mime)
    {
        var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(mime);
        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        await lab.DeliverAsync(Mail.From("next@people.example", "SAR", Ask));
        await lab.SweepAsync();
        var cases = await lab.CasesAsync();
        Assert.Contains(cases, one => one.From.Value == "next@people.example");
        return (lab, cases.SingleOrDefault(one => one.From.Value != "next@people.example"));
    }
}
