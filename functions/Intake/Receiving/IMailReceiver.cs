using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Intake.Receiving;

/// <summary>Takes mail in: every message becomes one case, is filed with a case that is there, or waits for the officer.</summary>
public interface IMailReceiver
{
    /// <summary>Sees everything that is in the inbox now.</summary>
    /// <param name="start">Called for each new case, at least once.</param>
    /// <exception cref="Exception">
    /// The mailbox or the storage could not be reached; nothing is lost, and the next sweep goes on.
    /// </exception>
    Task SweepAsync(StartCase start, CancellationToken cancellation = default);

    /// <summary>Sees to it that Graph notifies us. A failure is logged and not thrown: mail is found without notifications too.</summary>
    Task SubscribeAsync(SubscriptionNeed need, CancellationToken cancellation = default);

    Task<bool> IsTakingMailAsync(CancellationToken cancellation = default);
}

/// <summary>Starts the story of a case, unless it has started; one that has is woken where a question of it was answered by mail.</summary>
public delegate Task StartCase(CaseId caseId, Question? answered, CancellationToken cancellation);

/// <inheritdoc cref="IMailReceiver"/>
internal sealed class MailReceiver(InboxSweep sweep, MailSubscription subscription, MailHealth health) : IMailReceiver
{
    public Task SweepAsync(StartCase start, CancellationToken cancellation = default) => sweep.RunAsync(start, cancellation);

    public Task SubscribeAsync(SubscriptionNeed need, CancellationToken cancellation = default) =>
        subscription.EnsureAsync(need, cancellation);

    public Task<bool> IsTakingMailAsync(CancellationToken cancellation = default) => health.IsTakingMailAsync(cancellation);
}
