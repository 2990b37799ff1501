using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Person.Closing;

/// <summary>What every case ends with.</summary>
internal static class CloseOrchestration
{
    /// <summary>Deletes bundle and staged data and makes sure that they are gone (S4).</summary>
    public static Task Destroy(this TaskOrchestrationContext context, string caseId) =>
        context.CallActivityAsync(nameof(DestroyActivity.Destroy), caseId, Retries.Storage);

    /// <returns>The outcome, as the orchestration's output.</returns>
    public static async Task<string> Close(this TaskOrchestrationContext context, string caseId, string outcome)
    {
        await context.CallActivityAsync(nameof(CloseActivity.Close), new CloseInput(caseId, outcome), Retries.Mail);
        return outcome;
    }
}

/// <param name="Outcome">One of <see cref="Cases.CaseOutcome"/>.</param>
public sealed record CloseInput(string CaseId, string Outcome);
