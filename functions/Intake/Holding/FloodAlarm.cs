using System.Globalization;
using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Intake.Holding;

/// <summary>Tells the officer and the escalation address, once a day, that the budget of the whole mailbox is spent.</summary>
internal sealed class FloodAlarm(OfficerMail officer, LetterRenderer letters, BudgetSettings budgets, TimeProvider clock)
{
    private readonly Lock gate = new();
    private DateOnly raisedOn;

    public async Task RaiseAsync(CancellationToken cancellation)
    {
        var today = DeadlineCalculator.LondonDate(clock.GetUtcNow());
        if (IsRaised(today))
            return; // Every message of the flood asks.
        var letter = letters.Render(new FloodAlarmLetter(today, budgets.CasesPerDay, budgets.LettersPerDay));
        var key = string.Create(CultureInfo.InvariantCulture, $"flood/{today:yyyy-MM-dd}");
        await officer.SendAsync(CaseId.OfTheSystem, key, letter, isUrgent: true, cancellation);
        lock (gate)
            raisedOn = today;
    }

    private bool IsRaised(DateOnly today)
    {
        lock (gate)
            return raisedOn == today;
    }
}
