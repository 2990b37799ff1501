using System.Net.Http.Json;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox.Notifications;

public sealed class SubscriptionTests(MailboxFixture mailbox) : IClassFixture<MailboxFixture>
{
    private readonly string address = MailboxFixture.NewAddress("watched");
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_in_the_folder_is_notified_with_the_client_state()
    {
        await using var subscriber = await Subscriber.StartAsync();
        var subscription = await SubscribeAsync(subscriber);
        await DeliverAsync();
        var notification = Assert.Single(await subscriber.TakenAsync(1));
        Assert.Equal("secret", notification["clientState"]!.GetValue<string>());
        Assert.Equal(subscription.Id, notification["subscriptionId"]!.GetValue<string>());
        Assert.Equal("created", notification["changeType"]!.GetValue<string>());
        var id = notification["resourceData"]!["id"]!.GetValue<string>();
        var message = await mailbox.Graph.Users[address].Messages[id].GetAsync(
            request => request.Headers.Add("Prefer", "IdType=\"ImmutableId\""), cancellation);
        Assert.Equal(id, message!.Id);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_give_the_token_back_gets_no_subscription()
    {
        await using var subscriber = await Subscriber.StartAsync(givesTokenBack: false);
        var error = await Assert.ThrowsAsync<ODataError>(() => SubscribeAsync(subscriber));
        Assert.Equal(400, error.ResponseStatusCode);
        Assert.Equal("ValidationError", error.Error!.Code);
    }

    [Fact]
    public async Task A_subscription_lives_a_week_at_most_and_can_be_renewed()
    {
        await using var subscriber = await Subscriber.StartAsync();
        await Assert.ThrowsAsync<ODataError>(() => SubscribeAsync(subscriber, TimeSpan.FromMinutes(10_090)));
        await Assert.ThrowsAsync<ODataError>(() => SubscribeAsync(subscriber, TimeSpan.FromMinutes(-1)));
        var subscription = await SubscribeAsync(subscriber, TimeSpan.FromMinutes(10_080));
        mailbox.Clock.Advance(TimeSpan.FromDays(6));
        var renewed = await mailbox.Graph.Subscriptions[subscription.Id].PatchAsync(
            new Subscription { ExpirationDateTime = mailbox.Clock.GetUtcNow().AddDays(7) }, cancellationToken: cancellation);
        Assert.Equal(mailbox.Clock.GetUtcNow().AddDays(7), renewed!.ExpirationDateTime);
        mailbox.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Contains(
            (await mailbox.Graph.Subscriptions.GetAsync(cancellationToken: cancellation))!.Value!, one => one.Id == subscription.Id);
        mailbox.Clock.Advance(TimeSpan.FromDays(2));
        await Assert.ThrowsAsync<ODataError>(() => mailbox.Graph.Subscriptions[subscription.Id].GetAsync(cancellationToken: cancellation));
        await DeliverAsync();
        await subscriber.TakenAsync(0);
    }

    [Fact]
    public async Task A_deleted_subscription_is_silent()
    {
        await using var subscriber = await Subscriber.StartAsync();
        var subscription = await SubscribeAsync(subscriber);
        await mailbox.Graph.Subscriptions[subscription.Id].DeleteAsync(cancellationToken: cancellation);
        await DeliverAsync();
        await subscriber.TakenAsync(0);
    }

    [Fact]
    public async Task A_notification_that_is_not_taken_is_posted_again()
    {
        await using var subscriber = await Subscriber.StartAsync();
        await SubscribeAsync(subscriber);
        subscriber.Refusals = 1;
        await DeliverAsync();
        await subscriber.TakenAsync(1);
    }

    [Theory]
    [InlineData("duplicateNotification", 3)]
    [InlineData("missingNotification", 1)]
    public async Task Notifications_can_be_doubled_and_lost(string kind, int expected)
    {
        await using var subscriber = await Subscriber.StartAsync();
        await SubscribeAsync(subscriber);
        using var _ = await mailbox.Http.PostAsJsonAsync("local/faults", new { path = address, count = 1, kind }, cancellation);
        await DeliverAsync();
        await DeliverAsync();
        await subscriber.TakenAsync(expected);
    }

    [Fact]
    public async Task Lifecycle_events_are_told_and_a_removed_subscription_is_gone()
    {
        await using var subscriber = await Subscriber.StartAsync();
        var subscription = await SubscribeAsync(subscriber);
        foreach (var lifecycle in new[] { "reauthorizationRequired", "missed", "subscriptionRemoved" })
            using (await mailbox.Http.PostAsJsonAsync("local/faults", new { lifecycle }, cancellation)) { }
        var events = (await subscriber.TakenAsync(3)).Select(told => told["lifecycleEvent"]!.GetValue<string>());
        Assert.Equal(["missed", "reauthorizationRequired", "subscriptionRemoved"], events.Order(StringComparer.Ordinal));
        await Assert.ThrowsAsync<ODataError>(() => mailbox.Graph.Subscriptions[subscription.Id].GetAsync(cancellationToken: cancellation));
    }

    [Fact]
    public async Task Nobody_beyond_this_machine_is_called()
    {
        var error = await Assert.ThrowsAsync<ODataError>(() => mailbox.Graph.Subscriptions.PostAsync(
            Wanted("https://example.com/notify", TimeSpan.FromHours(1)), cancellationToken: cancellation));
        Assert.Equal(400, error.ResponseStatusCode);
    }

    private async Task<Subscription> SubscribeAsync(Subscriber subscriber, TimeSpan? life = null) =>
        (await mailbox.Graph.Subscriptions.PostAsync(
            Wanted(subscriber.Url, life ?? TimeSpan.FromHours(1)),
            request => request.Headers.Add("Prefer", "IdType=\"ImmutableId\""),
            cancellation))!;

    private Subscription Wanted(string url, TimeSpan life) => new()
    {
        ChangeType = "created",
        NotificationUrl = url,
        LifecycleNotificationUrl = url,
        Resource = $"users/{address}/mailFolders('Inbox')/messages",
        ClientState = "secret",
        ExpirationDateTime = mailbox.Clock.GetUtcNow() + life,
    };

    private async Task DeliverAsync()
    {
        using var answer = await mailbox.DeliverAsync($"From: a@example.com\nTo: {address}\nSubject: news\n\nx");
        answer.EnsureSuccessStatusCode();
    }
}
