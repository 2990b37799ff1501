using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Holding;

namespace Spectrum.PrivacyFlows.Intake.Carried;

/// <summary>
/// A message that brings somebody else's request: a colleague forwards it (T2), or a form on a website sends it. Whose it is, the message
/// says and nobody vouches for; the officer does, or corrects it.
/// </summary>
/// <param name="Reason">Why it waits.</param>
/// <param name="About">The person whom it names; null where it names none. Personal data.</param>
/// <param name="AskedOn">The day on which they wrote to us; null where it is the message's own or not said.</param>
/// <param name="IsUrgent">Whether the officer hears at once and not with the digest.</param>
internal sealed record CarriedRequest(HoldReason Reason, EmailAddress? About, DateOnly? AskedOn, bool IsUrgent);
