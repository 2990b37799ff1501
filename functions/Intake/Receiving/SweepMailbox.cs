using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Intake.Receiving;

/// <summary>Looks into the mailbox every minute, whether or not notifications come, and keeps the subscription to them.</summary>
public sealed class SweepMailbox(IMailReceiver mail, ILogger<SweepMailbox> logger)
{
    [Function(nameof(SweepMailbox))]
    public async Task Sweep(
        [TimerTrigger("0 */1 * * * *", RunOnStartup = true)] TimerInfo timer, [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        // In this order no mail falls between the two: what came before the subscription is swept.
        await mail.SubscribeAsync(SubscriptionNeed.None, cancellation);
        try
        {
            await mail.SweepAsync(client.Starter(), cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            logger.LogError("The mailbox could not be swept ({Problem}); the next sweep goes on from there.", Failures.Describe(failure));
        }
    }

    /// <summary>Every six hours: a subscription lasts three days, so the renewal may fail for two before notifications end.</summary>
    [Function(nameof(RenewSubscription))]
    public Task RenewSubscription([TimerTrigger("0 15 */6 * * *")] TimerInfo timer, CancellationToken cancellation) =>
        mail.SubscribeAsync(SubscriptionNeed.None, cancellation);
}
