using System.Text.Json.Nodes;
using System.Threading.Channels;
using LocalMailbox.Faults;
using LocalMailbox.Graph;
using LocalMailbox.Store;

namespace LocalMailbox.Notifications;

/// <summary>
/// Tells subscribers what happened, after it was committed and without keeping the sender of the mail waiting. A
/// notification lost in a crash is not made up for, as little as Graph does: the subscriber's delta finds the mail.
/// </summary>
internal sealed class Notifier : IAsyncDisposable
{
    private const string Tenant = "00000000-0000-0000-0000-000000000000";

    private readonly Channel<IReadOnlyList<MailChange>> queue = Channel.CreateUnbounded<IReadOnlyList<MailChange>>();
    private readonly CancellationTokenSource stopping = new();
    private readonly SubscriptionStore subscriptions;
    private readonly NotificationSender sender;
    private readonly MailStore store;
    private readonly FaultList faults;
    private readonly Task working;

    public Notifier(MailStore store, SubscriptionStore subscriptions, NotificationSender sender, FaultList faults)
    {
        this.faults = faults;
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

    /// <summary>Tells every subscriber who asked for lifecycle events. A removed subscription is removed.</summary>
    /// <returns>How many were told.</returns>
    public int TellLifecycle(string lifecycleEvent)
    {
        var present = subscriptions.All().Where(subscription => subscription.LifecycleUrl is not null).ToList();
        foreach (var subscription in present)
        {
            if (lifecycleEvent == "subscriptionRemoved")
                subscriptions.Delete(subscription.Id);
            Post(subscription.LifecycleUrl!, Lifecycle(subscription, lifecycleEvent));
        }
        return present.Count;
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
                Notify(subscription, change);
        }
    }

    private void Notify(Subscription subscription, MailChange change)
    {
        var notification = Notification(subscription, change);
        var fault = faults.Take(Fault.OfNotifications, $"POST {notification["resource"]}")?.Kind;
        if (fault == "missingNotification")
            return;
        Post(subscription.NotificationUrl, notification);
        if (fault == "duplicateNotification")
            Post(subscription.NotificationUrl, Notification(subscription, change));
    }

    private void Post(Uri endpoint, JsonObject notification) => _ = sender.PostAsync(endpoint, notification, stopping.Token);

    private static JsonObject Lifecycle(Subscription subscription, string lifecycleEvent) => new()
    {
        ["lifecycleEvent"] = lifecycleEvent,
        ["subscriptionId"] = subscription.Id,
        ["subscriptionExpirationDateTime"] = MessageJson.Date(subscription.Expires),
        ["resource"] = subscription.Resource,
        ["clientState"] = subscription.ClientState,
        ["tenantId"] = Tenant,
        ["organizationId"] = Tenant,
    };

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
            ["tenantId"] = Tenant,
        };
    }
}
