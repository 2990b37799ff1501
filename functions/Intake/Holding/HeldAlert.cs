using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Intake.Holding;

/// <summary>
/// Tells the officer at once of a held message that is likely somebody's request, so that it does not wait for the morning's digest. At
/// most 20 a day; the digest tells of the others.
/// </summary>
internal sealed class HeldAlert(OfficerMail officer, LetterRenderer letters, CaseLinks links, MailBudgets budgets)
{
    private const int LinkDays = 30;

    /// <param name="from">As the message has it; empty where it names nobody.</param>
    /// <param name="about">Whose request it seems to bring; null where that is its sender's or not said.</param>
    public async Task RaiseAsync(
        IntakeEntry entry, HoldReason reason, string from, string subject, EmailAddress? about, CancellationToken cancellation)
    {
        if (!await budgets.TryTakeAlertAsync(cancellation))
            return;
        var key = $"held-now/{entry.Key[..16]}";
        var expires = new DateTimeOffset(DeadlineCalculator.LondonDate(entry.ReceivedAt).AddDays(LinkDays), default, TimeSpan.Zero);
        var link = await links.CreateAsync(CaseId.OfTheSystem, LinkPurpose.Held, key, expires, cancellation);
        var letter = letters.Render(new HeldNowLetter(reason, from, about?.Value ?? "", subject, link));
        await officer.SendAsync(CaseId.OfTheSystem, key, letter, isUrgent: false, cancellation);
    }
}
