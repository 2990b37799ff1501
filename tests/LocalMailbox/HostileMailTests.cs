using System.Net;
using System.Text;
using Microsoft.Graph.Models;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox;

/// <summary>Whatever the internet delivers is taken, shown and kept.</summary>
public sealed class HostileMailTests(MailboxFixture mailbox) : IClassFixture<MailboxFixture>
{
    private readonly string address = MailboxFixture.NewAddress("target");
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public static TheoryData<string> Broken => new(
        "no header at all, just words",
        "\r\n\r\nonly a body",
        "Subject: no body",
        "Subject: =?utf-99?Q?=FF=FE?=\r\nFrom: <<>>,,;\r\n\r\nx",
        "From: a@example.com\r\nContent-Type: multipart/mixed; boundary=never\r\n\r\n--other\r\n\r\nx",
        "From: a@example.com\r\nContent-Type: text/plain; charset=klingon\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!not base64!!!",
        "From: a@example.com\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner body",
        "From: a@example.com\r\nSubject: a\r\n b\r\nDate: yesterday\r\nMessage-ID: not an id\r\n\r\n<script>alert(1)</script>",
        "From: a@example.com\r\nContent-Type: text/html\r\n\r\n<img src=x onerror=alert(1)><iframe src=https://example.com></iframe>\0");

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Broken_mail_is_delivered_and_listed(string mime)
    {
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(mime));
        using var answer = await mailbox.Http.PostAsync(new Uri($"local/mail?to={address}", UriKind.Relative), content, cancellation);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var message = (await mailbox.Graph.Users[address].MailFolders["Inbox"].Messages.GetAsync(
            request =>
                request.QueryParameters.Select = ["subject", "body", "uniqueBody", "internetMessageHeaders", "internetMessageId", "from"],
            cancellation))!.Value!.Single();
        Assert.NotEmpty(message.InternetMessageId!);
        Assert.DoesNotContain("onerror", message.Body!.Content, StringComparison.Ordinal);
        using var page = await mailbox.Http.GetAsync(new Uri($"mail?mailbox={address}", UriKind.Relative), cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("<blockquote>", "</blockquote>")]
    [InlineData("<blockquote>", "")]
    [InlineData("<div><b class=x>", "")]
    public async Task Html_nested_without_end_is_kept_as_its_words(string open, string close)
    {
        const int times = 100_000;
        var nested = string.Concat(Enumerable.Repeat(open, times)) + "words" + string.Concat(Enumerable.Repeat(close, times));
        using var answer = await mailbox.DeliverAsync(
            $"From: a@example.com\r\nTo: {address}\r\nContent-Type: text/html\r\n\r\n<p>Before</p>{nested}<p>After");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var message = (await mailbox.Graph.Users[address].MailFolders["Inbox"].Messages.GetAsync(
            request => request.QueryParameters.Select = ["id", "body", "uniqueBody", "bodyPreview"], cancellation))!.Value!.Single();
        // What is left is flat, so nothing that reads it later has a depth to walk.
        Assert.InRange(message.Body!.Content!.Length, 1, 1_000);
        Assert.Matches(@"Before[\s\S]*words[\s\S]*After", message.Body.Content);
        Assert.Matches(@"words[\s\S]*After", message.UniqueBody!.Content!);
        Assert.Equal("Before words After", message.BodyPreview);
        using var page = await mailbox.Http.GetAsync(
            new Uri($"message/body?mailbox={address}&id={Uri.EscapeDataString(message.Id!)}", UriKind.Relative), cancellation);
        Assert.Contains("After", await page.Content.ReadAsStringAsync(cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_with_many_elements_side_by_side_keeps_its_look()
    {
        var rows = string.Concat(Enumerable.Repeat("<p>a<br><li>b<img src=cid:x><hr>", 2_000));
        using var answer = await mailbox.DeliverAsync(
            $"From: a@example.com\r\nTo: {address}\r\nContent-Type: text/html\r\n\r\n<table><tr><td>{rows}</table>");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var inbox = await mailbox.Graph.Users[address].MailFolders["Inbox"].Messages.GetAsync(cancellationToken: cancellation);
        var message = inbox!.Value!.Single();
        Assert.Contains("<table>", message.Body!.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_recipients_get_it_at_once()
    {
        var domain = $"{Guid.NewGuid():N}.example.org";
        var to = string.Join(",\r\n ", Enumerable.Range(0, 10_000).Select(number => $"p{number}@{domain}"));
        using var answer = await mailbox.DeliverAsync($"From: a@example.com\r\nTo: {to}\r\nSubject: all\r\n\r\nx");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var last = await mailbox.Graph.Users[$"p9999@{domain}"].MailFolders["Inbox"].Messages.GetAsync(cancellationToken: cancellation);
        Assert.Equal(10_000, last!.Value!.Single().ToRecipients!.Count);
    }

    [Fact]
    public async Task A_large_attachment_is_kept()
    {
        var file = new byte[26_000_000];
        new Random(1).NextBytes(file);
        var encoded = Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks);
        using var answer = await mailbox.DeliverAsync(
            $"From: a@example.com\r\nTo: {address}\r\nSubject: big\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n"
            + "\r\n--b\r\nContent-Type: text/plain\r\n\r\nsee file\r\n--b\r\nContent-Type: application/octet-stream\r\n"
            + $"Content-Disposition: attachment; filename=big.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--b--\r\n");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var message = (await mailbox.Graph.Users[address].Messages.GetAsync(cancellationToken: cancellation))!.Value!.Single();
        Assert.True(message.HasAttachments);
        Assert.Equal("see file", message.BodyPreview);
        var attachment = Assert.IsType<FileAttachment>(Assert.Single(
            (await mailbox.Graph.Users[address].Messages[message.Id].Attachments.GetAsync(cancellationToken: cancellation))!.Value!));
        Assert.Equal("big.bin", attachment.Name);
        Assert.Equal(file, attachment.ContentBytes);
    }

    [Fact]
    public async Task More_than_Exchange_takes_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(mailbox.Server.BaseAddress, $"local/mail?to={address}"))
        {
            Content = new ByteArrayContent(new byte[(150 * 1024 * 1024) + 1]),
        };
        using var answer = await mailbox.Http.SendAsync(request, cancellation);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Nobody_to_deliver_to_is_refused()
    {
        using var answer = await mailbox.DeliverAsync("From: a@example.com\r\nSubject: nobody\r\n\r\nx");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
