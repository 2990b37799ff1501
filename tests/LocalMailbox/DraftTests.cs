using System.Net;
using System.Text;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.SendMail;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox;

/// <summary>What a message may carry, and what Graph refuses.</summary>
public sealed class DraftTests(MailboxFixture mailbox) : IClassFixture<MailboxFixture>
{
    private readonly string sender = MailboxFixture.NewAddress("sender");
    private readonly string recipient = MailboxFixture.NewAddress("recipient");
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Own_headers_and_mapped_properties_reach_the_recipient()
    {
        var message = New();
        message.InternetMessageHeaders =
        [
            new InternetMessageHeader { Name = "X-Auto-Response-Suppress", Value = "All" },
            new InternetMessageHeader { Name = "x-case", Value = "PR-2026-000001\r\nBcc: victim@example.com" },
        ];
        message.SingleValueExtendedProperties =
        [
            new SingleValueLegacyExtendedProperty
            {
                Id = "String {00020386-0000-0000-C000-000000000046} Name Auto-Submitted",
                Value = "auto-replied",
            },
        ];
        await SendAsync(message);
        var headers = (await mailbox.Graph.Users[recipient].Messages.GetAsync(
            request => request.QueryParameters.Select = ["internetMessageHeaders"], cancellation))!.Value!.Single().InternetMessageHeaders!;
        Assert.Equal("All", headers.Single(header => header.Name == "X-Auto-Response-Suppress").Value);
        Assert.Equal("auto-replied", headers.Single(header => header.Name == "Auto-Submitted").Value);
        Assert.Contains("victim@example.com", headers.Single(header => header.Name == "x-case").Value, StringComparison.Ordinal);
        Assert.DoesNotContain(headers, header => header.Name == "Bcc");
    }

    [Fact]
    public async Task Six_own_headers_or_one_without_x_are_refused()
    {
        var six = New();
        six.InternetMessageHeaders =
            [.. Enumerable.Range(0, 6).Select(number => new InternetMessageHeader { Name = $"x-{number}", Value = "x" })];
        Assert.Equal("InvalidInternetMessageHeaderCollection", await RefusalAsync(six));
        var other = New();
        other.InternetMessageHeaders = [new InternetMessageHeader { Name = "Auto-Submitted", Value = "auto-replied" }];
        Assert.Equal("InvalidInternetMessageHeader", await RefusalAsync(other));
    }

    [Fact]
    public async Task Nobody_somebody_broken_and_too_many_recipients_are_refused()
    {
        var nobody = New();
        nobody.ToRecipients = [];
        Assert.Equal("ErrorInvalidRecipients", await RefusalAsync(nobody));
        var broken = New();
        broken.ToRecipients = [Recipient("not an address")];
        Assert.Equal("ErrorInvalidRecipients", await RefusalAsync(broken));
        var many = New();
        many.ToRecipients = [.. Enumerable.Range(0, 501).Select(number => Recipient($"p{number}@example.org"))];
        Assert.Equal("ErrorExceededMaxRecipientLimitPerMessage", await RefusalAsync(many));
    }

    [Fact]
    public async Task Nobody_sends_as_somebody_else()
    {
        var message = New();
        message.From = Recipient("director@example.org");
        Assert.Equal("ErrorSendAsDenied", await RefusalAsync(message));
    }

    [Fact]
    public async Task A_draft_can_be_found_again_by_its_own_property()
    {
        const string property = "String {00020329-0000-0000-C000-000000000046} Name Letter";
        var message = New();
        message.SingleValueExtendedProperties =
        [
            new SingleValueLegacyExtendedProperty { Id = property, Value = "PR-2026-000001/acknowledgement" },
        ];
        await mailbox.Graph.Users[sender].Messages.PostAsync(message, cancellationToken: cancellation);
        await mailbox.Graph.Users[sender].Messages.PostAsync(New(), cancellationToken: cancellation);
        var found = (await mailbox.Graph.Users[sender].Messages.GetAsync(
            request =>
            {
                request.QueryParameters.Filter =
                    $"singleValueExtendedProperties/Any(ep: ep/id eq '{property}' and ep/value eq 'PR-2026-000001/acknowledgement')";
                request.QueryParameters.Expand = [$"singleValueExtendedProperties($filter=id eq '{property}')"];
            },
            cancellation))!.Value!;
        Assert.Equal("PR-2026-000001/acknowledgement", Assert.Single(found).SingleValueExtendedProperties!.Single().Value);
    }

    [Fact]
    public async Task A_sent_message_can_be_marked_but_not_rewritten()
    {
        await SendAsync(New());
        var id = (await mailbox.Graph.Users[recipient].Messages.GetAsync(cancellationToken: cancellation))!.Value!.Single().Id;
        var marked = await mailbox.Graph.Users[recipient].Messages[id].PatchAsync(
            new Message { IsRead = true, Categories = ["a", "b"], Flag = new FollowupFlag { FlagStatus = FollowupFlagStatus.Flagged } },
            cancellationToken: cancellation);
        Assert.True(marked!.IsRead);
        Assert.Equal(["a", "b"], marked.Categories!);
        Assert.Equal(FollowupFlagStatus.Flagged, marked.Flag!.FlagStatus);
        var refused = await Assert.ThrowsAsync<ODataError>(() =>
            mailbox.Graph.Users[recipient].Messages[id].PatchAsync(new Message { Subject = "other" }, cancellationToken: cancellation));
        Assert.Equal(400, refused.ResponseStatusCode);
    }

    [Fact]
    public async Task MIME_is_sent_as_it_is_written()
    {
        var mime = $"From: {sender}\r\nTo: {recipient}\r\nSubject: own MIME\r\nAuto-Submitted: auto-replied\r\n"
            + "Content-Type: text/plain\r\n\r\nwords\r\n";
        using var content = new StringContent(Convert.ToBase64String(Encoding.UTF8.GetBytes(mime)), Encoding.ASCII, "text/plain");
        using var answer = await mailbox.Http.PostAsync(new Uri($"v1.0/users/{sender}/sendMail", UriKind.Relative), content, cancellation);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(
            "own MIME", (await mailbox.Graph.Users[recipient].Messages.GetAsync(cancellationToken: cancellation))!.Value!.Single().Subject);
        using var nonsense = new StringContent("???", Encoding.ASCII, "text/plain");
        using var refused = await mailbox.Http.PostAsync(
            new Uri($"v1.0/users/{sender}/sendMail", UriKind.Relative), nonsense, cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"message": {"subject": 7}}""")]
    [InlineData("""{"message": {"toRecipients": ["x"]}}""")]
    [InlineData("""{"message": null}""")]
    public async Task A_body_that_is_no_message_is_refused(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await mailbox.Http.PostAsync(new Uri($"v1.0/users/{sender}/sendMail", UriKind.Relative), content, cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private Task SendAsync(Message message) =>
        mailbox.Graph.Users[sender].SendMail.PostAsync(new SendMailPostRequestBody { Message = message }, cancellationToken: cancellation);

    private async Task<string?> RefusalAsync(Message message) =>
        (await Assert.ThrowsAsync<ODataError>(() => SendAsync(message))).Error!.Code;

    private Message New() => new()
    {
        Subject = "s",
        Body = new ItemBody { ContentType = BodyType.Text, Content = "words" },
        ToRecipients = [Recipient(recipient)],
    };

    private static Recipient Recipient(string address) => new() { EmailAddress = new EmailAddress { Address = address } };
}
