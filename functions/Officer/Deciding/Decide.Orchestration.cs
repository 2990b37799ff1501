using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Officer.Refusing;
using Spectrum.PrivacyFlows.Rights;
using Spectrum.PrivacyFlows.Rights.Disclosure;

namespace Spectrum.PrivacyFlows.Officer.Deciding;

/// <summary>The officer decides; nothing leaves without them.</summary>
internal static class DecideOrchestration
{
    /// <summary>
    /// Asks, and waits for as long as it takes: reminders 14, 7, 3 and 1 days before the due date, and on the
    /// day the escalation address too.
    /// </summary>
    public static async Task<Decision> AwaitDecision(this TaskOrchestrationContext context, string caseId, int round, DateOnly dueOn)
    {
        var reminders = DeadlineCalculator.RemindersBefore(dueOn);
        await context.AskOfficer(caseId, round, null);
        var choice = await context.AwaitAnswer(caseId, Question.Decision(round),
            [.. reminders.Select(r => r.At.UtcDateTime)], next => context.AskOfficer(caseId, round, reminders[next].DaysBefore),
            until: null);
        return await context.CallActivityAsync<Decision>(
            nameof(DecideActivity.TakeDecision), new TakeDecisionInput(caseId, round, choice!), Retries.Storage);
    }

    public static Task TellOfRefusal(this TaskOrchestrationContext context, string caseId) =>
        context.CallActivityAsync(nameof(RefuseActivity.TellOfRefusal), caseId, Retries.Mail);

    private static Task AskOfficer(this TaskOrchestrationContext context, string caseId, int round, int? daysBefore) =>
        context.CallActivityAsync(nameof(DecideActivity.AskForDecision), new AskForDecisionInput(caseId, round, daysBefore), Retries.Mail);
}

/// <param name="DaysBefore">For a reminder: how many days before the due date; null for the first letter.</param>
public sealed record AskForDecisionInput(string CaseId, int Round, int? DaysBefore);

public sealed record TakeDecisionInput(string CaseId, int Round, string Choice);
