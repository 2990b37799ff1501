using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.Messages.Item.CreateReply;
using Microsoft.Graph.Users.Item.SendMail;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Mail.Sending;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox;

public sealed class SendingTests(MailboxFixture mailbox) : IClassFixture<MailboxFixture>
{
    private const string Immutable = "IdType=\"ImmutableId\"";

    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendMail_delivers_to_every_recipient_and_keeps_a_copy()
    {
        var (sender, to, bcc) = (MailboxFixture.NewAddress(), MailboxFixture.NewAddress("to"), MailboxFixture.NewAddress("bcc"));
        await mailbox.Graph.Users[sender].SendMail.PostAsync(
            new SendMailPostRequestBody { Message = Message("Hello", "<p>Kind <b>words</b></p>", to, bcc), SaveToSentItems = true },
            cancellationToken: cancellation);

        var received = await SingleAsync(to, "Inbox");
        Assert.Equal("Hello", received.Subject);
        Assert.Equal(sender, received.From!.EmailAddress!.Address);
        Assert.Equal("Kind words", received.BodyPreview);
        Assert.Equal(mailbox.Clock.GetUtcNow(), received.ReceivedDateTime);
        Assert.False(received.IsRead);
        Assert.False(received.IsDraft);
        Assert.Empty(received.BccRecipients!);
        Assert.Equal("Hello", (await SingleAsync(bcc, "Inbox")).Subject);
        var copy = await SingleAsync(sender, "SentItems");
        Assert.Equal(bcc, copy.BccRecipients!.Single().EmailAddress!.Address);
        Assert.True(copy.IsRead);
    }

    [Fact]
    public async Task SendMail_without_copy_keeps_none()
    {
        var (sender, to) = (MailboxFixture.NewAddress(), MailboxFixture.NewAddress("to"));
        await mailbox.Graph.Users[sender].SendMail.PostAsync(
            new SendMailPostRequestBody { Message = Message("Hello", "x", to), SaveToSentItems = false }, cancellationToken: cancellation);
        Assert.Empty(
            (await mailbox.Graph.Users[sender].MailFolders["SentItems"].Messages.GetAsync(cancellationToken: cancellation))!.Value!);
    }

    [Fact]
    public async Task A_delivered_message_says_that_its_sender_is_genuine()
    {
        var (sender, to) = (MailboxFixture.NewAddress(), MailboxFixture.NewAddress("to"));
        await mailbox.Graph.Users[sender].SendMail.PostAsync(
            new SendMailPostRequestBody { Message = Message("Hello", "x", to) }, cancellationToken: cancellation);
        var received = await SingleAsync(to, "Inbox");
        var full = await mailbox.Graph.Users[to].Messages[received.Id].GetAsync(
            request => request.QueryParameters.Select = ["internetMessageHeaders", "uniqueBody"],
            cancellation);
        var verdict = full!.InternetMessageHeaders!.Single(header => header.Name == "Authentication-Results").Value!;
        Assert.Contains("spf=pass", verdict, StringComparison.Ordinal);
        Assert.Contains("dkim=pass", verdict, StringComparison.Ordinal);
        Assert.Contains("dmarc=pass", verdict, StringComparison.Ordinal);
        Assert.Contains("header.from=example.org", verdict, StringComparison.Ordinal);
        Assert.NotNull(full.UniqueBody);
        Assert.Null(full.Subject);
    }

    [Fact]
    public async Task A_draft_is_sent_once_and_keeps_its_immutable_id()
    {
        var (sender, to) = (MailboxFixture.NewAddress(), MailboxFixture.NewAddress("to"));
        var draft = await mailbox.Graph.Users[sender].Messages.PostAsync(
            Message("Draft", "x", to), request => request.Headers.Add("Prefer", Immutable), cancellation);
        Assert.True(draft!.IsDraft);
        await mailbox.Graph.Users[sender].Messages[draft.Id].Send.PostAsync(cancellationToken: cancellation);

        var sent = await mailbox.Graph.Users[sender].Messages[draft.Id].GetAsync(
            request => request.Headers.Add("Prefer", Immutable), cancellation);
        Assert.Equal(draft.Id, sent!.Id);
        Assert.False(sent.IsDraft);
        Assert.Equal(draft.InternetMessageId, sent.InternetMessageId);
        Assert.Equal(
            (await mailbox.Graph.Users[sender].MailFolders["SentItems"].GetAsync(cancellationToken: cancellation))!.Id,
            sent.ParentFolderId);
        var again = await Assert.ThrowsAsync<ODataError>(() =>
            mailbox.Graph.Users[sender].Messages[draft.Id].Send.PostAsync(cancellationToken: cancellation));
        Assert.Equal("ErrorItemNotFound", again.Error!.Code);
        Assert.Equal(404, again.ResponseStatusCode);
        Assert.Equal("Draft", (await SingleAsync(to, "Inbox")).Subject);
    }

    [Fact]
    public async Task Two_sends_of_one_draft_at_once_deliver_once()
    {
        var (sender, to) = (MailboxFixture.NewAddress(), MailboxFixture.NewAddress("to"));
        var draft = await mailbox.Graph.Users[sender].Messages.PostAsync(
            Message("Once", "x", to), request => request.Headers.Add("Prefer", Immutable), cancellation);
        var sends = Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                await mailbox.Graph.Users[sender].Messages[draft!.Id].Send.PostAsync(cancellationToken: cancellation);
                return 1;
            }
            catch (ODataError)
            {
                return 0;
            }
        });
        Assert.Equal(1, (await Task.WhenAll(sends)).Sum());
        await SingleAsync(to, "Inbox");
    }

    [Fact]
    public async Task A_reply_stays_in_the_thread()
    {
        var (person, office) = (MailboxFixture.NewAddress(), MailboxFixture.NewAddress("office"));
        await mailbox.Graph.Users[person].SendMail.PostAsync(
            new SendMailPostRequestBody { Message = Message("My data", "Please", office) }, cancellationToken: cancellation);
        var request = await SingleAsync(office, "Inbox");
        var reply = await mailbox.Graph.Users[office].Messages[request.Id].CreateReply.PostAsync(
            new CreateReplyPostRequestBody(), options => options.Headers.Add("Prefer", Immutable), cancellation);
        Assert.Equal("RE: My data", reply!.Subject);
        Assert.Equal(person, reply.ToRecipients!.Single().EmailAddress!.Address);
        Assert.Equal(request.ConversationId, reply.ConversationId);
        await mailbox.Graph.Users[office].Messages[reply.Id].PatchAsync(
            new Message
            {
                Subject = "RE: My data [PR-2026-000001]",
                Body = new ItemBody { ContentType = BodyType.Html, Content = "<p>We are on it.</p>" },
            },
            cancellationToken: cancellation);
        await mailbox.Graph.Users[office].Messages[reply.Id].Send.PostAsync(cancellationToken: cancellation);

        var answer = await SingleAsync(person, "Inbox");
        Assert.Equal("RE: My data [PR-2026-000001]", answer.Subject);
        Assert.Equal(request.ConversationId, answer.ConversationId);
        Assert.Contains("We are on it.", answer.Body!.Content, StringComparison.Ordinal);
        var headers = (await mailbox.Graph.Users[person].Messages[answer.Id].GetAsync(
            options => options.QueryParameters.Select = ["internetMessageHeaders"], cancellation))!.InternetMessageHeaders!;
        Assert.Equal(request.InternetMessageId, headers.Single(header => header.Name == "In-Reply-To").Value);
    }

    private async Task<Message> SingleAsync(string address, string folder) =>
        Assert.Single((await mailbox.Graph.Users[address].MailFolders[folder].Messages.GetAsync(cancellationToken: cancellation))!.Value!);

    private static Message Message(string subject, string html, string to, string? bcc = null) => new()
    {
        Subject = subject,
        Body = new ItemBody { ContentType = BodyType.Html, Content = html },
        ToRecipients = [Recipient(to)],
        BccRecipients = bcc is null ? [] : [Recipient(bcc)],
    };

    private static Recipient Recipient(string address) => new() { EmailAddress = new EmailAddress { Address = address } };
}
