namespace Spectrum.PrivacyFlows.Intake.Understanding;

/// <summary>The step that opens a case.</summary>
internal static class UnderstandOrchestration
{
    public static Task<Understood> Understand(this TaskOrchestrationContext context, string caseId) =>
        context.CallActivityAsync<Understood>(nameof(UnderstandActivity.Understand), caseId, Retries.Storage);
}
