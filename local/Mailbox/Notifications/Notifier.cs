using System.Text.Json.Nodes;
using System.Threading.Channels;
using LocalMailbox.Graph;
using LocalMailbox.Store;

namespace LocalMailbox.Notifications;

/// <summary>
/// Tells subscribers what happened, after it was committed and without keeping the sender of the mail waiting. A
/// notification lost in a crash is not made up for, as little as Graph does: the subscriber's delta finds the mail.
/// </summary>
internal sealed class Notifier : IAsyncDisposable
{
    private readonly Channel<IReadOnlyList<MailChange>> queue = Channel.CreateUnbounded<IReadOnlyList<MailChange>>();
    private readonly CancellationTokenSource stopping = new();
    private readonly SubscriptionStore subscriptions;
    private readonly NotificationSender sender;
    private readonly MailStore store;
    private readonly Task working;

    public Notifier(MailStore store, SubscriptionStore subscriptions, NotificationSender sender)
    {
        this.store = store;
        this.subscriptions = subscriptions;
        this.sender = sender;
        store.Changed += Enqueue;
        working = Task.Run(WorkAsync);
    }

    public async ValueTask DisposeAsync()
    {
        store.Changed -= Enqueue;
        await stopping.CancelAsync();
        await working;
        stopping.Dispose();
    }

    private void Enqueue(IReadOnlyList<MailChange> changes) => queue.Writer.TryWrite(changes);

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var changes in queue.Reader.ReadAllAsync(stopping.Token))
                Notify(changes);
        }
        catch (OperationCanceledException)
        {
            // The mailbox stops.
        }
    }

    private void Notify(IReadOnlyList<MailChange> changes)
    {
        var present = subscriptions.All();
        foreach (var change in changes)
        {
            foreach (var subscription in present.Where(one => one.Wants(change.Kind, change.Message.Mailbox, change.Message.Folder)))
                _ = sender.PostAsync(subscription.NotificationUrl, Notification(subscription, change), stopping.Token);
        }
    }

    private static JsonObject Notification(Subscription subscription, MailChange change)
    {
        var id = subscription.ImmutableIds ? change.Message.ImmutableId : change.Message.PlaceId;
        var resource = $"Users/{change.Message.Mailbox}/Messages/{id}";
        return new JsonObject
        {
            ["subscriptionId"] = subscription.Id,
            ["subscriptionExpirationDateTime"] = MessageJson.Date(subscription.Expires),
            ["changeType"] = change.Kind,
            ["resource"] = resource,
            ["resourceData"] = new JsonObject
            {
                ["@odata.type"] = "#Microsoft.Graph.Message",
                ["@odata.id"] = resource,
                ["@odata.etag"] = $"W/\"{MessageJson.ChangeKey(change.Message)}\"",
                ["id"] = id,
            },
            ["clientState"] = subscription.ClientState,
            ["tenantId"] = "00000000-0000-0000-0000-000000000000",
        };
    }
}
