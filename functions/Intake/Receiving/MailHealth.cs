using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Intake.Receiving;

/// <summary>Whether mail is being taken.</summary>
internal sealed class MailHealth(MailboxState state, TimeProvider clock)
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);
    private volatile bool lastSweepWorked;

    /// <summary>True where the last sweep of this process worked, or any process swept within five minutes.</summary>
    public async Task<bool> IsTakingMailAsync(CancellationToken cancellation) =>
        lastSweepWorked || clock.GetUtcNow() - await state.FindLastSweepAsync(cancellation) <= Recent;

    public void SweepFailed() => lastSweepWorked = false;

    public async Task SweptAsync(CancellationToken cancellation)
    {
        await state.SaveLastSweepAsync(clock.GetUtcNow(), cancellation);
        lastSweepWorked = true;
    }
}
