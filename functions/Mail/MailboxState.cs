using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Mail;

/// <summary>
/// Where we are with the mailbox, in the table <c>Mailbox</c>: how far it was read, and the subscription to its notifications.
/// </summary>
internal sealed class MailboxState(CaseAccount storage, MailSettings settings)
{
    private readonly TableOnFirstUse states = new(storage.Tables, "Mailbox");
    private readonly string partition = Key(settings.Address);

    /// <summary>Names a mailbox without repeating its address.</summary>
    public static string Key(EmailAddress mailbox) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mailbox.Value.ToUpperInvariant())))[..16];

    /// <param name="folder">The folder's well-known name.</param>
    public async Task<string?> FindLinkAsync(string folder, CancellationToken cancellation) =>
        (await FindAsync(folder.ToLowerInvariant(), cancellation))?.GetString("Link");

    public Task SaveLinkAsync(string folder, string link, CancellationToken cancellation) =>
        SaveAsync(new TableEntity(partition, folder.ToLowerInvariant()) { ["Link"] = link }, cancellation);

    public async Task<DateTimeOffset?> FindLastSweepAsync(CancellationToken cancellation) =>
        (await FindAsync("swept", cancellation))?.GetDateTimeOffset("At");

    public Task SaveLastSweepAsync(DateTimeOffset at, CancellationToken cancellation) =>
        SaveAsync(new TableEntity(partition, "swept") { ["At"] = at }, cancellation);

    public async Task<SubscriptionState?> FindSubscriptionAsync(CancellationToken cancellation) =>
        await FindAsync("subscription", cancellation) is { } found
            ? new SubscriptionState(found.GetString("Id"), found.GetDateTimeOffset("ExpiresAt")!.Value, found.GetString("Target"))
            : null;

    public Task SaveSubscriptionAsync(SubscriptionState subscription, CancellationToken cancellation) =>
        SaveAsync(new TableEntity(partition, "subscription")
        {
            ["Id"] = subscription.Id,
            ["ExpiresAt"] = subscription.ExpiresAt,
            ["Target"] = subscription.Target,
        }, cancellation);

    private async Task<TableEntity?> FindAsync(string row, CancellationToken cancellation)
    {
        var table = await states.GetAsync(cancellation);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private async Task SaveAsync(TableEntity entity, CancellationToken cancellation)
    {
        var table = await states.GetAsync(cancellation);
        await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellation);
    }
}

/// <param name="Id">Graph's id of the subscription.</param>
/// <param name="Target">What it was made with, as a hash; where the settings say something else by now, a new one is needed.</param>
internal sealed record SubscriptionState(string Id, DateTimeOffset ExpiresAt, string Target);
