using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Intake.Receiving;

/// <summary>Whether mail is being taken.</summary>
internal sealed class MailHealth(MailboxState state, TimeProvider clock)
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);
    private long lastWorked = long.MinValue;

    /// <summary>True where this process, or any, swept within five minutes: a sweep that no longer runs does not work.</summary>
    public async Task<bool> IsTakingMailAsync(CancellationToken cancellation) =>
        Interlocked.Read(ref lastWorked) >= (clock.GetUtcNow() - Recent).UtcTicks
        || clock.GetUtcNow() - await state.FindLastSweepAsync(cancellation) <= Recent;

    public void SweepFailed() => Interlocked.Exchange(ref lastWorked, long.MinValue);

    public async Task SweptAsync(CancellationToken cancellation)
    {
        await state.SaveLastSweepAsync(clock.GetUtcNow(), cancellation);
        Interlocked.Exchange(ref lastWorked, clock.GetUtcNow().UtcTicks);
    }
}
