using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.Messages.Item.Move;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox;

public sealed class ReadingTests(MailboxFixture mailbox) : IClassFixture<MailboxFixture>
{
    private const string Immutable = "IdType=\"ImmutableId\"";

    private readonly string address = MailboxFixture.NewAddress("reader");
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_has_pages_filter_and_order()
    {
        var start = mailbox.Clock.GetUtcNow();
        for (var number = 1; number <= 12; number++)
        {
            await DeliverAsync($"mail {number}");
            mailbox.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        var first = await Messages().GetAsync(request => request.QueryParameters.Count = true, cancellation);
        Assert.Equal(10, first!.Value!.Count);
        Assert.Equal(12, first.OdataCount);
        Assert.Equal("mail 12", first.Value[0].Subject);
        var second = await Messages().WithUrl(first.OdataNextLink!).GetAsync(cancellationToken: cancellation);
        Assert.Equal(["mail 2", "mail 1"], second!.Value!.Select(message => message.Subject));
        Assert.Null(second.OdataNextLink);

        var some = await Messages().GetAsync(
            request =>
            {
                request.QueryParameters.Filter = $"receivedDateTime ge {start.AddMinutes(2):yyyy-MM-ddTHH:mm:ssZ} and receivedDateTime lt "
                    + $"{start.AddMinutes(5):yyyy-MM-ddTHH:mm:ssZ}";
                request.QueryParameters.Orderby = ["receivedDateTime asc"];
                request.QueryParameters.Select = ["subject"];
            },
            cancellation);
        Assert.Equal(["mail 3", "mail 4", "mail 5"], some!.Value!.Select(message => message.Subject));
    }

    [Theory]
    [InlineData("$filter=startsWith(subject,'x')", "ErrorInvalidUrlQueryFilter")]
    [InlineData("$filter=receivedDateTime ge 2026-01-01T00:00:00Z; DROP TABLE messages", "ErrorInvalidUrlQueryFilter")]
    [InlineData("$orderby=size", "ErrorInvalidUrlQuery")]
    [InlineData("$select=nothing", "RequestBroker--ParseUri")]
    [InlineData("$top=0", "ErrorInvalidUrlQuery")]
    public async Task What_is_not_understood_is_refused_not_ignored(string query, string code)
    {
        using var answer = await mailbox.Http.GetAsync(new Uri($"v1.0/users/{address}/messages?{query}", UriKind.Relative), cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))!["error"]!;
        Assert.Equal(code, error["code"]!.GetValue<string>());
        Assert.Equal(answer.Headers.GetValues("request-id").Single(), error["innerError"]!["request-id"]!.GetValue<string>());
        Assert.NotNull(error["innerError"]!["date"]);
        Assert.NotNull(error["innerError"]!["client-request-id"]);
    }

    [Fact]
    public async Task The_original_comes_back_byte_for_byte()
    {
        byte[] mime =
        [
            .. Encoding.ASCII.GetBytes($"from: x@example.com\nTO: {address}\r\nSubject: odd\n\nline\r\n\nbytes: "),
            0,
            0xff,
            0xfe,
            (byte)'\r',
            (byte)'\r',
        ];
        using var content = new ByteArrayContent(mime);
        using var answer = await mailbox.Http.PostAsync(new Uri("local/mail", UriKind.Relative), content, cancellation);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var message = await SingleAsync();
        await using var stream = await mailbox.Graph.Users[address].Messages[message.Id].Content.GetAsync(cancellationToken: cancellation);
        using var read = new MemoryStream();
        await stream!.CopyToAsync(read, cancellation);
        Assert.Equal(mime, read.ToArray());
    }

    [Fact]
    public async Task Only_the_immutable_id_survives_a_move()
    {
        await DeliverAsync("moving");
        var place = (await SingleAsync()).Id;
        var before = await mailbox.Graph.Users[address].Messages[place].GetAsync(
            request => request.Headers.Add("Prefer", Immutable), cancellation);
        var moved = await mailbox.Graph.Users[address].Messages[before!.Id].Move.PostAsync(
            new MovePostRequestBody { DestinationId = "JunkEmail" }, request => request.Headers.Add("Prefer", Immutable), cancellation);
        Assert.Equal(before.Id, moved!.Id);
        Assert.NotEqual(before.ParentFolderId, moved.ParentFolderId);
        var gone = await Assert.ThrowsAsync<ODataError>(() =>
            mailbox.Graph.Users[address].Messages[place].GetAsync(cancellationToken: cancellation));
        Assert.Equal("ErrorItemNotFound", gone.Error!.Code);
        var malformed = await Assert.ThrowsAsync<ODataError>(() =>
            mailbox.Graph.Users[address].Messages["17"].GetAsync(cancellationToken: cancellation));
        Assert.Equal("ErrorInvalidIdMalformed", malformed.Error!.Code);
    }

    [Fact]
    public async Task Deleting_moves_to_deleted_items_and_there_deletes()
    {
        await DeliverAsync("bin");
        var id = (await mailbox.Graph.Users[address].Messages.GetAsync(
            request => request.Headers.Add("Prefer", Immutable), cancellation))!.Value!.Single().Id;
        await mailbox.Graph.Users[address].Messages[id].DeleteAsync(cancellationToken: cancellation);
        Assert.Single(
            (await mailbox.Graph.Users[address].MailFolders["DeletedItems"].Messages.GetAsync(cancellationToken: cancellation))!.Value!);
        await mailbox.Graph.Users[address].Messages[id].DeleteAsync(cancellationToken: cancellation);
        await Assert.ThrowsAsync<ODataError>(() => mailbox.Graph.Users[address].Messages[id].GetAsync(cancellationToken: cancellation));
    }

    [Fact]
    public async Task The_body_is_harmless_and_comes_as_preferred()
    {
        await mailbox.DeliverAsync($"From: a@example.com\nTo: {address}\nSubject: html\nContent-Type: text/html; charset=utf-8\n\n"
            + "<html><body onload=\"x()\"><script>steal()</script><p>Kind&nbsp;words</p><a href=\"javascript:x()\">bad</a> "
            + "<a href=\"https://example.com/l\">good</a><form action=\"https://example.com\"><input name=a></form></body></html>");
        var html = (await SingleAsync()).Body!;
        Assert.Equal(BodyType.Html, html.ContentType);
        Assert.Contains("<p>Kind&nbsp;words</p>", html.Content, StringComparison.Ordinal);
        Assert.Contains("href=\"https://example.com/l\"", html.Content, StringComparison.Ordinal);
        foreach (var bad in new[] { "script", "onload", "<form", "<input" })
            Assert.DoesNotContain(bad, html.Content, StringComparison.OrdinalIgnoreCase);
        var text = (await Messages().GetAsync(
            request => request.Headers.Add("Prefer", "outlook.body-content-type=\"text\""), cancellation))!.Value!.Single().Body!;
        Assert.Equal(BodyType.Text, text.ContentType);
        Assert.StartsWith("Kind", text.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("<p>", text.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Yes please\r\n\r\nOn 23 Nov 2026 Privacy team wrote:\r\n> Is it you?\r\n", "text/plain", "Yes please", "Is it you?")]
    [InlineData("<p>Yes please</p><div class=\"gmail_quote\"><p>Is it you?</p></div>", "text/html", "Yes please", "Is it you?")]
    [InlineData(
        "<p>Yes please</p><hr><div id=\"divRplyFwdMsg\"><b>From:</b> x</div><div>Is it you?</div>",
        "text/html",
        "Yes please",
        "Is it you?")]
    public async Task The_unique_body_is_what_was_written_this_time(string body, string type, string own, string quoted)
    {
        await mailbox.DeliverAsync($"From: a@example.com\nTo: {address}\nSubject: re\nContent-Type: {type}\n\n{body}");
        var message = (await Messages().GetAsync(request => request.QueryParameters.Select = ["uniqueBody", "body"], cancellation))!.Value!
            .Single();
        Assert.Contains(own, message.UniqueBody!.Content, StringComparison.Ordinal);
        Assert.DoesNotContain(quoted, message.UniqueBody.Content, StringComparison.Ordinal);
        Assert.Contains(quoted, message.Body!.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_holds_together_whatever_came_first()
    {
        await mailbox.DeliverAsync(
            $"From: a@example.com\nTo: {address}\nSubject: re\nMessage-ID: <c-{address}>\nReferences: <a-{address}> "
            + $"<b-{address}>\n\nthird");
        await mailbox.DeliverAsync($"From: a@example.com\nTo: {address}\nSubject: first\nMessage-ID: <a-{address}>\n\nfirst");
        await mailbox.DeliverAsync(
            $"From: a@example.com\nTo: {address}\nSubject: re\nMessage-ID: <d-{address}>\nIn-Reply-To: <c-{address}>\n\nfourth");
        await mailbox.DeliverAsync($"From: a@example.com\nTo: {address}\nSubject: other\n\nother");
        var messages = (await Messages().GetAsync(cancellationToken: cancellation))!.Value!;
        Assert.Equal(2, messages.Select(message => message.ConversationId).Distinct().Count());
        Assert.Equal(3, messages.GroupBy(message => message.ConversationId).Max(conversation => conversation.Count()));
    }

    [Fact]
    public async Task Folders_have_ids_that_are_taken_like_their_names()
    {
        await DeliverAsync("one");
        var folders = (await mailbox.Graph.Users[address].MailFolders.GetAsync(cancellationToken: cancellation))!.Value!;
        Assert.Equal(6, folders.Count);
        var inbox = folders.Single(folder => folder.DisplayName == "Inbox");
        Assert.Equal(1, inbox.TotalItemCount);
        Assert.Single(
            (await mailbox.Graph.Users[address].MailFolders[inbox.Id].Messages.GetAsync(cancellationToken: cancellation))!.Value!);
    }

    [Fact]
    public async Task Another_methods_and_paths_get_Graphs_errors()
    {
        using var method = await mailbox.Http.PutAsync(new Uri($"v1.0/users/{address}/messages", UriKind.Relative), null, cancellation);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, method.StatusCode);
        Assert.NotNull(JsonNode.Parse(await method.Content.ReadAsStringAsync(cancellation))!["error"]!["code"]);
        using var user = await mailbox.Http.GetAsync(new Uri("v1.0/users/nobody/messages", UriKind.Relative), cancellation);
        Assert.Equal(HttpStatusCode.NotFound, user.StatusCode);
    }

    private Microsoft.Graph.Users.Item.MailFolders.Item.Messages.MessagesRequestBuilder Messages() =>
        mailbox.Graph.Users[address].MailFolders["Inbox"].Messages;

    private async Task<Message> SingleAsync() => Assert.Single((await Messages().GetAsync(cancellationToken: cancellation))!.Value!);

    private async Task DeliverAsync(string subject)
    {
        using var answer = await mailbox.DeliverAsync($"From: Ann <ann@example.com>\nTo: {address}\nSubject: {subject}\n\nText\n");
        answer.EnsureSuccessStatusCode();
    }
}
