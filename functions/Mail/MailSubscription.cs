using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Mail;

/// <summary>
/// The subscription by which Graph tells us of new mail within seconds. It is a convenience: the sweep finds all mail without it,
/// so where it cannot be had, that is logged and tried again.
/// </summary>
internal sealed class MailSubscription(
    GraphServiceClient graph, MailSettings settings, MailboxState state, TimeProvider clock, ILogger<MailSubscription> logger)
{
    // Graph allows 10,080 minutes for messages. Three days leave room for a weekend's outage of the renewal.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(2);

    /// <summary>
    /// Makes the subscription where there is none, and renews it where it ends within two days or <paramref name="need"/> says so.
    /// </summary>
    public async Task EnsureAsync(SubscriptionNeed need, CancellationToken cancellation)
    {
        try
        {
            var known = need == SubscriptionNeed.Replacement ? null : await state.FindSubscriptionAsync(cancellation);
            var now = clock.GetUtcNow();
            Measure.SubscriptionLeft(known?.Target == Target ? known.ExpiresAt - now : TimeSpan.Zero);
            if (known is null || known.Target != Target || known.ExpiresAt <= now)
                await CreateAsync(now + Lifetime, cancellation);
            else if (need == SubscriptionNeed.Renewal || known.ExpiresAt < now + RenewBefore)
                await RenewAsync(known, now + Lifetime, cancellation);
        }
        catch (Exception failure) when (failure is ApiException or HttpRequestException or TaskCanceledException
            && !cancellation.IsCancellationRequested)
        {
            logger.LogWarning(
                "No notifications of new mail for now ({Problem}); the sweep finds it meanwhile.", Failures.Describe(failure));
        }
    }

    private async Task CreateAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        var made = await graph.Subscriptions.PostAsync(new Subscription
        {
            ChangeType = "created",
            Resource = $"users/{settings.Address}/mailFolders('Inbox')/messages",
            NotificationUrl = settings.NotificationUrl.ToString(),
            LifecycleNotificationUrl = settings.NotificationUrl.ToString(),
            ExpirationDateTime = until,
            ClientState = settings.ClientState,
        }, cancellationToken: cancellation);
        await state.SaveSubscriptionAsync(new SubscriptionState(made!.Id!, made.ExpirationDateTime ?? until, Target), cancellation);
        logger.LogInformation("Subscribed to new mail.");
    }

    private async Task RenewAsync(SubscriptionState known, DateTimeOffset until, CancellationToken cancellation)
    {
        try
        {
            var renewed = await graph.Subscriptions[known.Id].PatchAsync(
                new Subscription { ExpirationDateTime = until }, cancellationToken: cancellation);
            await state.SaveSubscriptionAsync(known with { ExpiresAt = renewed?.ExpirationDateTime ?? until }, cancellation);
        }
        catch (ODataError error) when (error.ResponseStatusCode == (int)HttpStatusCode.NotFound)
        {
            await CreateAsync(until, cancellation);
        }
    }

    private string Target =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{settings.NotificationUrl}\n{settings.ClientState}\n{settings.GraphBaseUrl}")));
}

/// <summary>What is known to be wrong with the subscription.</summary>
public enum SubscriptionNeed
{
    /// <summary>Nothing is.</summary>
    None,

    /// <summary>Graph asks that it be renewed.</summary>
    Renewal,

    /// <summary>Graph has removed it.</summary>
    Replacement,
}
