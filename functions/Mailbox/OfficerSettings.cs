using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Mailbox;

/// <param name="Address">Setting <c>Officer__Address</c>: who decides.</param>
/// <param name="EscalationAddress">Setting <c>Officer__EscalationAddress</c>: who hears of it as well on the due date.</param>
public sealed record OfficerSettings(EmailAddress Address, EmailAddress EscalationAddress);
