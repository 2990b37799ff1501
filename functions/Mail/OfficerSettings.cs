using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Mail;

/// <summary>Who decides on requests, and who hears of it as well when the due date is there.</summary>
/// <param name="Address">Setting <c>Officer__Address</c>.</param>
/// <param name="EscalationAddress">Setting <c>Officer__EscalationAddress</c>.</param>
public sealed record OfficerSettings(EmailAddress Address, EmailAddress EscalationAddress)
{
    internal static OfficerSettings From(SettingsReader settings)
    {
        var (officer, escalation) = (Colleague(settings, "Officer__Address"), Colleague(settings, "Officer__EscalationAddress"));
        return officer is null || escalation is null ? throw SettingsReader.Incomplete : new OfficerSettings(officer, escalation);
    }

    private static EmailAddress? Colleague(SettingsReader settings, string name)
    {
        var address = settings.Part(part => part.Address(name));
        var isMailbox = EmailAddress.TryParse(settings.Text("Mailbox__Address"), out var mailbox) && mailbox == address;
        settings.Require(!isMailbox, name, "is the mailbox’s own address: letters to it would come back as requests.");
        return address;
    }
}
