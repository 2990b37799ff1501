using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Answering;

/// <summary>
/// How an orchestration waits for people: until they answer, with a nudge at set moments, and for some questions not for ever.
/// </summary>
internal static class AwaitAnswerOrchestration
{
    /// <summary>
    /// Waits for the answer to <paramref name="question"/>. The event only wakes: the answer is read from the case, where it was
    /// stored first, so none is lost between a page and its orchestration.
    /// </summary>
    /// <param name="nudges">Moments in UTC, in order; those that have passed already are left out.</param>
    /// <param name="nudge">What to do at such a moment, given its position in <paramref name="nudges"/>.</param>
    /// <param name="until">Give up at this moment; null waits for ever.</param>
    /// <returns>The chosen word, or null where <paramref name="until"/> came first.</returns>
    public static async Task<string?> AwaitAnswer(
        this TaskOrchestrationContext context, string caseId, Question question,
        IReadOnlyList<DateTime> nudges, Func<int, Task> nudge, DateTime? until)
    {
        for (var next = 0; next <= nudges.Count; next++)
        {
            var isNudge = next < nudges.Count;
            var moment = isNudge ? nudges[next] : until;
            if (isNudge && moment <= context.CurrentUtcDateTime)
                continue;
            if (await context.AnswerBefore(caseId, question, moment) is { } choice)
                return choice;
            if (isNudge)
                await nudge(next);
        }
        return null;
    }

    private static async Task<string?> AnswerBefore(
        this TaskOrchestrationContext context, string caseId, Question question, DateTime? moment)
    {
        var choice = await context.ReadAnswer(caseId, question);
        while (choice is null && await context.IsWokenBefore(question, moment))
            choice = await context.ReadAnswer(caseId, question);
        return choice;
    }

    private static Task<string?> ReadAnswer(this TaskOrchestrationContext context, string caseId, Question question) =>
        context.CallActivityAsync<string?>(
            nameof(ReadAnswerActivity.ReadAnswer), new ReadAnswerInput(caseId, question.Key), Retries.Storage);

    private static async Task<bool> IsWokenBefore(this TaskOrchestrationContext context, Question question, DateTime? moment)
    {
        if (moment <= context.CurrentUtcDateTime)
            return false;
        using var over = new CancellationTokenSource();
        var woken = context.WaitForExternalEvent<string>(question.Key, over.Token);
        if (moment is null)
        {
            await woken;
            return true;
        }
        var isWoken = await Task.WhenAny(woken, context.CreateTimer(moment.Value, over.Token)) == woken;
        // A timer may fire up to a second early by the orchestration's own clock; then it waits again.
        while (!isWoken && context.CurrentUtcDateTime < moment)
            isWoken = await Task.WhenAny(woken, context.CreateTimer(moment.Value, over.Token)) == woken;
        over.Cancel();
        return isWoken;
    }
}
