using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.LocalMailbox;

/// <summary>Stands still until a test moves it.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);
}
