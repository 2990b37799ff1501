using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.MailFolders.Item.Messages.Delta;
using Microsoft.Graph.Users.Item.Messages.Item.Move;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox;

public sealed class DeltaTests(MailboxFixture mailbox) : IClassFixture<MailboxFixture>
{
    private readonly string address = MailboxFixture.NewAddress("inbox");
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_give_every_message_once_and_a_link_for_what_comes_next()
    {
        for (var number = 1; number <= 7; number++)
            await DeliverAsync($"mail {number}");
        var first = await StartAsync(pageSize: 3);
        Assert.Equal(3, first.Value!.Count);
        Assert.Null(first.OdataDeltaLink);
        var (messages, link) = await DrainAsync(first);
        Assert.Equal(["mail 1", "mail 2", "mail 3", "mail 4", "mail 5", "mail 6", "mail 7"], messages.Select(message => message.Subject));
        Assert.All(messages, message => Assert.Null(message.Body));

        Assert.Empty((await FollowAsync(link)).Value!);
        await DeliverAsync("mail 8");
        Assert.Equal("mail 8", Assert.Single((await FollowAsync(link)).Value!).Subject);
    }

    [Fact]
    public async Task What_is_marked_comes_again_and_what_leaves_is_removed()
    {
        await DeliverAsync("stays");
        await DeliverAsync("moves");
        var (messages, link) = await DrainAsync(await StartAsync());
        await mailbox.Graph.Users[address].Messages[messages[0].Id].PatchAsync(
            new Message { IsRead = true, Categories = ["PR-2026-000001"] }, cancellationToken: cancellation);
        await mailbox.Graph.Users[address].Messages[messages[1].Id].Move.PostAsync(
            new MovePostRequestBody { DestinationId = "archive" }, cancellationToken: cancellation);

        var changes = (await FollowAsync(link)).Value!;
        var marked = changes.Single(change => !change.AdditionalData.ContainsKey("@removed"));
        Assert.Equal("stays", marked.Subject);
        Assert.True(marked.IsRead);
        Assert.Equal(messages[1].Id, changes.Single(change => change.AdditionalData.ContainsKey("@removed")).Id);
    }

    [Fact]
    public async Task A_message_that_left_before_is_not_mentioned_to_who_starts_now()
    {
        await DeliverAsync("gone");
        var (messages, _) = await DrainAsync(await StartAsync());
        await mailbox.Graph.Users[address].Messages[messages[0].Id].DeleteAsync(cancellationToken: cancellation);
        Assert.Empty((await StartAsync()).Value!);
    }

    [Fact]
    public async Task Mail_that_comes_between_two_pages_is_not_lost()
    {
        for (var number = 1; number <= 4; number++)
            await DeliverAsync($"mail {number}");
        var first = await StartAsync(pageSize: 3);
        await DeliverAsync("mail 5");
        var (messages, _) = await DrainAsync(first);
        Assert.Equal(5, messages.Select(message => message.Subject).Distinct().Count());
    }

    [Fact]
    public async Task A_token_of_another_store_is_gone_and_a_broken_one_is_refused()
    {
        var folder = Path.Combine(Path.GetTempPath(), "mailbox-tests-" + Guid.NewGuid().ToString("N"));
        await using (var other = await global::LocalMailbox.MailboxServer.StartAsync(0, folder, mailbox.Clock, cancellation))
        {
            using var http = new HttpClient();
            var page = await http.GetStringAsync(
                new Uri($"{other.GraphBaseUrl}/users/{address}/mailFolders/Inbox/messages/delta"), cancellation);
            var token = System.Text.Json.Nodes.JsonNode.Parse(page)!["@odata.deltaLink"]!.GetValue<string>().Split("deltatoken=")[1];
            var gone = await Assert.ThrowsAsync<ODataError>(() =>
                FollowAsync($"{mailbox.Server.GraphBaseUrl}/users/{address}/mailFolders/Inbox/messages/delta?$deltatoken={token}"));
            Assert.Equal(410, gone.ResponseStatusCode);
            Assert.Equal("syncStateNotFound", gone.Error!.Code);
        }
        Directory.Delete(folder, recursive: true);
        var broken = await Assert.ThrowsAsync<ODataError>(() =>
            FollowAsync($"{mailbox.Server.GraphBaseUrl}/users/{address}/mailFolders/Inbox/messages/delta?$deltatoken=nonsense"));
        Assert.Equal(400, broken.ResponseStatusCode);
    }

    private async Task DeliverAsync(string subject)
    {
        using var answer = await mailbox.DeliverAsync(
            $"From: Ann <ann@example.com>\nTo: {address}\nSubject: {subject}\nMessage-ID: <{Guid.NewGuid():N}@example.com>\n\nText\n");
        answer.EnsureSuccessStatusCode();
    }

    private async Task<DeltaGetResponse> StartAsync(int pageSize = 10) =>
        (await mailbox.Graph.Users[address].MailFolders["Inbox"].Messages.Delta.GetAsDeltaGetResponseAsync(
            request =>
            {
                request.QueryParameters.Select = ["subject", "isRead", "categories"];
                request.Headers.Add("Prefer", $"odata.maxpagesize={pageSize}");
                request.Headers.Add("Prefer", "IdType=\"ImmutableId\"");
            },
            cancellation))!;

    private async Task<DeltaGetResponse> FollowAsync(string link) =>
        (await mailbox.Graph.Users[address].MailFolders["Inbox"].Messages.Delta.WithUrl(link).GetAsDeltaGetResponseAsync(
            request => request.Headers.Add("Prefer", "IdType=\"ImmutableId\""),
            cancellation))!;

    private async Task<(List<Message> Messages, string DeltaLink)> DrainAsync(DeltaGetResponse page)
    {
        List<Message> messages = [.. page.Value!];
        while (page.OdataNextLink is { } next)
        {
            page = await FollowAsync(next);
            messages.AddRange(page.Value!);
        }
        return (messages, page.OdataDeltaLink!);
    }
}
