using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Mail;

/// <summary>The officer's inbox: whom to write to, and the words and keys of reminders.</summary>
public sealed class OfficerMail(IOutbox outbox, OfficerSettings settings)
{
    /// <summary>Sends a letter to the officer and, when it is urgent, to the escalation address too.</summary>
    public Task SendAsync(CaseId caseId, string key, RenderedLetter letter, bool isUrgent, CancellationToken cancellation) =>
        outbox.SendToOfficerAsync(
            caseId, key, isUrgent ? [settings.Address, settings.EscalationAddress] : [settings.Address], letter, cancellation);

    /// <summary>
    /// An officer's links work until 60 days after the due date, or until the case closes: a late answer is better than none.
    /// </summary>
    public static DateTimeOffset LinksExpire(Case found) =>
        new(found.DueOn!.Value.AddDays(60).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>The key of a letter: once for the first, once for each reminder.</summary>
    public static string Key(string letter, int? daysBefore) => daysBefore is null ? letter : $"{letter}/reminder-{daysBefore}";

    public static string ReminderWords(int? daysBefore) => daysBefore switch
    {
        null => "",
        0 => "Due today",
        1 => "1 day left",
        > 0 => $"{daysBefore} days left",
        _ => "Overdue",
    };
}
