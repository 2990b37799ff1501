using System.Text.Json;
using LocalMailbox.Store;

namespace LocalMailbox.Notifications;

/// <summary>The subscriptions that have not expired. Those that have are gone, by the clock.</summary>
internal sealed class SubscriptionStore(MailDatabase database, TimeProvider clock)
{
    public IReadOnlyList<Subscription> All()
    {
        using var connection = database.Open();
        var all = connection.Query(
            "SELECT subscription FROM subscriptions", row => JsonSerializer.Deserialize<Subscription>(row.GetString(0))!);
        return [.. all.Where(subscription => subscription.Expires > clock.GetUtcNow())];
    }

    public Subscription? Find(string id) => All().FirstOrDefault(subscription => subscription.Id == id);

    public void Save(Subscription subscription) => database.Write(connection => connection.Run(
        "INSERT OR REPLACE INTO subscriptions(id, subscription) VALUES ($id, $subscription)",
        ("$id", subscription.Id),
        ("$subscription", JsonSerializer.Serialize(subscription))));

    public void Delete(string id) => database.Write(connection => connection.Run("DELETE FROM subscriptions WHERE id = $id", ("$id", id)));
}
