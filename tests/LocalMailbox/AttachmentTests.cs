using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.Messages.Item.Attachments.CreateUploadSession;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox;

public sealed class AttachmentTests(MailboxFixture mailbox) : IClassFixture<MailboxFixture>
{
    private readonly string sender = MailboxFixture.NewAddress("sender");
    private readonly string recipient = MailboxFixture.NewAddress("recipient");
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_small_file_goes_on_a_draft_and_arrives()
    {
        var id = await DraftAsync();
        var added = await mailbox.Graph.Users[sender].Messages[id].Attachments.PostAsync(
            new FileAttachment { Name = "notes.txt", ContentType = "text/plain", ContentBytes = "some notes"u8.ToArray() },
            cancellationToken: cancellation);
        Assert.Equal("notes.txt", added!.Name);
        await mailbox.Graph.Users[sender].Messages[id].Send.PostAsync(cancellationToken: cancellation);
        var (message, file) = await ReceivedAsync();
        Assert.Equal("words", message.BodyPreview);
        Assert.Equal("some notes"u8.ToArray(), file.ContentBytes);
        await using var content = await mailbox.Graph.Users[recipient].Messages[message.Id].Attachments[file.Id].GetAsync(
            cancellationToken: cancellation) is FileAttachment { ContentBytes: { } bytes }
            ? new MemoryStream(bytes)
            : null;
        Assert.Equal(10, content!.Length);
        using var raw = await mailbox.Http.GetAsync(
            new Uri($"v1.0/users/{recipient}/messages/{message.Id}/attachments/{file.Id}/$value", UriKind.Relative), cancellation);
        Assert.Equal("some notes", await raw.Content.ReadAsStringAsync(cancellation));
        Assert.Equal("text/plain", raw.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_large_file_goes_up_in_pieces()
    {
        var id = await DraftAsync();
        var file = new byte[7_500_000];
        new Random(2).NextBytes(file);
        var session = await mailbox.Graph.Users[sender].Messages[id].Attachments.CreateUploadSession.PostAsync(
            new CreateUploadSessionPostRequestBody
            {
                AttachmentItem = new AttachmentItem { AttachmentType = AttachmentType.File, Name = "big.bin", Size = file.Length },
            },
            cancellationToken: cancellation);
        using var stream = new MemoryStream(file);
        var upload = new LargeFileUploadTask<FileAttachment>(session, stream, 3 * 320 * 1024, mailbox.Graph.RequestAdapter);
        var result = await upload.UploadAsync(cancellationToken: cancellation);
        Assert.True(result.UploadSucceeded);
        await mailbox.Graph.Users[sender].Messages[id].Send.PostAsync(cancellationToken: cancellation);
        Assert.Equal(file, (await ReceivedAsync()).File.ContentBytes);
    }

    [Fact]
    public async Task One_post_takes_less_than_3_MB()
    {
        var id = await DraftAsync();
        var error = await Assert.ThrowsAsync<ODataError>(() => mailbox.Graph.Users[sender].Messages[id].Attachments.PostAsync(
            new FileAttachment { Name = "big.bin", ContentBytes = new byte[(3 * 1024 * 1024) + 1] },
            cancellationToken: cancellation));
        Assert.Equal(413, error.ResponseStatusCode);
    }

    [Fact]
    public async Task Files_added_at_once_are_all_there()
    {
        var id = await DraftAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => mailbox.Graph.Users[sender].Messages[id].Attachments.PostAsync(
            new FileAttachment { Name = $"{number}.txt", ContentBytes = [1] },
            cancellationToken: cancellation)));
        Assert.Equal(
            8, (await mailbox.Graph.Users[sender].Messages[id].Attachments.GetAsync(cancellationToken: cancellation))!.Value!.Count);
    }

    [Fact]
    public async Task An_attached_message_is_an_item()
    {
        using var _ = await mailbox.DeliverAsync(
            $"From: a@example.com\nTo: {recipient}\nSubject: outer\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
            + "Content-Type: text/plain\n\nsee below\n--b\nContent-Type: message/rfc822\n\nSubject: inner\n\ninner words\n--b--\n");
        var message = (await mailbox.Graph.Users[recipient].Messages.GetAsync(cancellationToken: cancellation))!.Value!.Single();
        Assert.True(message.HasAttachments);
        var item = Assert.IsType<ItemAttachment>(
            (await mailbox.Graph.Users[recipient].Messages[message.Id].Attachments.GetAsync(cancellationToken: cancellation))!.Value!
                .Single());
        Assert.Equal("inner", item.Name);
    }

    private async Task<string> DraftAsync()
    {
        var draft = await mailbox.Graph.Users[sender].Messages.PostAsync(
            new Message
            {
                Subject = "file",
                Body = new ItemBody { ContentType = BodyType.Html, Content = "<p>words</p>" },
                ToRecipients = [new Recipient { EmailAddress = new EmailAddress { Address = recipient } }],
            },
            request => request.Headers.Add("Prefer", "IdType=\"ImmutableId\""),
            cancellation);
        return draft!.Id!;
    }

    private async Task<(Message Message, FileAttachment File)> ReceivedAsync()
    {
        var message = (await mailbox.Graph.Users[recipient].Messages.GetAsync(cancellationToken: cancellation))!.Value!.Single();
        Assert.True(message.HasAttachments);
        var attachments = await mailbox.Graph.Users[recipient].Messages[message.Id].Attachments.GetAsync(cancellationToken: cancellation);
        return (message, Assert.IsType<FileAttachment>(Assert.Single(attachments!.Value!)));
    }
}
