using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Spectrum.PrivacyFlows.Intake.Receiving;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox.Web;

/// <summary>The page where somebody trying the product plays subject and officer.</summary>
public sealed class WebPageTests(MailboxFixture mailbox) : IClassFixture<MailboxFixture>
{
    private readonly string address = MailboxFixture.NewAddress("reader");
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_is_written_found_read_and_answered()
    {
        var office = MailboxFixture.NewAddress("office");
        using (var sent = await PostAsync(
            "write", ("from", address), ("to", office), ("subject", "Please send me a copy of my data"), ("text", "Thank you")))
            Assert.Contains("Sent.", await sent.Content.ReadAsStringAsync(cancellation), StringComparison.Ordinal);
        var folder = await PageAsync($"mail?mailbox={office}");
        var row = (IHtmlAnchorElement)folder.QuerySelector(".rows a.unread")!;
        Assert.Contains("Please send me a copy of my data", row.TextContent, StringComparison.Ordinal);
        var mail = await PageAsync(row.GetAttribute("href")!.TrimStart('/'));
        Assert.Equal("Thank you", mail.QuerySelector(".text")!.TextContent.Trim());

        var reply = await PageAsync(
            mail.QuerySelectorAll("a.button").Single(link => link.TextContent == "Reply").GetAttribute("href")!.TrimStart('/'));
        Assert.Equal(address, reply.QuerySelector("#to")!.GetAttribute("value"));
        var form = reply.QuerySelector("form.write")!;
        string Field(string name) =>
            form.QuerySelector($"[name={name}]") is IHtmlTextAreaElement area
                ? area.Value
                : form.QuerySelector($"[name={name}]")!.GetAttribute("value") ?? "";
        using (await PostAsync(
            "write", ("from", Field("from")), ("to", Field("to")), ("subject", Field("subject")), ("reply", Field("reply")),
            ("text", "Here it is"))) { }
        var answer = (await mailbox.Graph.Users[address].MailFolders["Inbox"].Messages.GetAsync(cancellationToken: cancellation))!.Value!
            .Single();
        var original = (await mailbox.Graph.Users[address].MailFolders["SentItems"].Messages.GetAsync(
            cancellationToken: cancellation))!.Value!.Single();
        Assert.Equal("RE: Please send me a copy of my data", answer.Subject);
        Assert.Equal(original.ConversationId, answer.ConversationId);
    }

    [Fact]
    public async Task Html_mail_stands_in_a_frame_that_can_do_nothing()
    {
        using var _ = await mailbox.DeliverAsync(
            $"From: <script>@example.com\nTo: {address}\nSubject: <script>alert(1)</script>\nContent-Type: text/html\n\n<p>Hello "
            + "<a href=\"https://example.com/x\">link</a></p><script>alert(2)</script>");
        var mail = await FirstAsync();
        Assert.Equal("<script>alert(1)</script>", mail.QuerySelector("h1")!.TextContent);
        Assert.Single(mail.Scripts);
        var frame = mail.QuerySelector("iframe")!;
        Assert.Equal("allow-popups allow-popups-to-escape-sandbox allow-same-origin", frame.GetAttribute("sandbox"));
        using var body = await mailbox.Http.GetAsync(new Uri(frame.GetAttribute("src")!.TrimStart('/'), UriKind.Relative), cancellation);
        Assert.Contains("sandbox allow-popups", body.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var html = await body.Content.ReadAsStringAsync(cancellation);
        Assert.DoesNotContain("alert", html, StringComparison.Ordinal);
        Assert.Contains("<base target=\"_blank\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_in_plain_text_can_be_followed_and_nothing_else_is_html()
    {
        using var _ = await mailbox.DeliverAsync(
            $"From: a@example.com\nTo: {address}\nSubject: links\n\nOpen http://localhost:7071/c/1?t=a&b=2. "
            + "<b>Not bold</b> \"https://example.com/'x\n");
        var text = (await FirstAsync()).QuerySelector(".text")!;
        Assert.Equal(
            ["http://localhost:7071/c/1?t=a&b=2", "https://example.com/"],
            text.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!));
        Assert.Empty(text.QuerySelectorAll("b"));
    }

    [Fact]
    public async Task A_wrong_address_is_said_and_what_was_typed_stays()
    {
        using var answer = await PostAsync(
            "write", ("from", address), ("to", "not an address"), ("subject", "Kept"), ("text", "also kept"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(cancellation));
        Assert.StartsWith("Not sent", page.QuerySelector("[role=alert]")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal("Kept", page.QuerySelector("#subject")!.GetAttribute("value"));
        Assert.Equal("also kept", ((IHtmlTextAreaElement)page.QuerySelector("#text")!).Value);
    }

    [Fact]
    public async Task Looking_changes_nothing()
    {
        using var _ = await mailbox.DeliverAsync($"From: a@example.com\nTo: {address}\nSubject: unread\n\nx\n");
        await FirstAsync();
        Assert.False((await mailbox.Graph.Users[address].Messages.GetAsync(cancellationToken: cancellation))!.Value!.Single().IsRead);
    }

    [Fact]
    public async Task Pages_allow_only_what_they_need()
    {
        using var page = await mailbox.Http.GetAsync(new Uri("write", UriKind.Relative), cancellation);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(
            "dataprivacy@spectrum.tech",
            new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync(cancellation)).QuerySelector("#to")!.GetAttribute("value"));
    }

    private async Task<IHtmlDocument> FirstAsync() =>
        await PageAsync((await PageAsync($"mail?mailbox={address}")).QuerySelector(".rows a")!.GetAttribute("href")!.TrimStart('/'));

    private async Task<IHtmlDocument> PageAsync(string path) =>
        new HtmlParser().ParseDocument(await mailbox.Http.GetStringAsync(new Uri(path, UriKind.Relative), cancellation));

    private async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await mailbox.Http.PostAsync(new Uri(path, UriKind.Relative), content, cancellation);
    }
}
