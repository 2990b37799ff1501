using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Understanding;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Person.Acknowledging;

namespace Spectrum.PrivacyFlows.Officer.Sorting;

/// <summary>The step for a request that no rule understood.</summary>
internal static class SortOrchestration
{
    /// <summary>Asks the officer what a request is that no rule understood, and waits, with reminders, until they say.</summary>
    public static async Task<Understood> LetTheOfficerSort(this TaskOrchestrationContext context, string caseId, DateOnly dueOn)
    {
        var reminders = DeadlineCalculator.RemindersBefore(dueOn);
        await context.Ask(caseId, null);
        var choice = await context.AwaitAnswer(
            caseId,
            Question.Sorting,
            [.. reminders.Select(r => r.At.UtcDateTime)],
            next => context.Ask(caseId, reminders[next].DaysBefore),
            until: null);
        var sorted = await context.CallActivityAsync<Understood>(
            nameof(SortActivity.TakeSorting), new TakeSortingInput(caseId, choice!), Retries.Storage);
        if (sorted.IsUnderstood)
            await context.Acknowledge(caseId);
        return sorted;
    }

    private static Task Ask(this TaskOrchestrationContext context, string caseId, int? daysBefore) =>
        context.CallActivityAsync(nameof(SortActivity.AskWhatItIs), new AskInput(caseId, daysBefore), Retries.Mail);
}

/// <param name="DaysBefore">For a reminder: how many days before the due date; null for the first letter.</param>
public sealed record AskInput(string CaseId, int? DaysBefore);

/// <param name="Choice">What the officer chose, one of <see cref="SortChoice"/>.</param>
public sealed record TakeSortingInput(string CaseId, string Choice);
