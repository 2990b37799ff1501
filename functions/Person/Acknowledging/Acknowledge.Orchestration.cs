namespace Spectrum.PrivacyFlows.Person.Acknowledging;

/// <summary>The first answer.</summary>
internal static class AcknowledgeOrchestration
{
    public static Task Acknowledge(this TaskOrchestrationContext context, string caseId) =>
        context.CallActivityAsync(nameof(AcknowledgeActivity.Acknowledge), caseId, Retries.Mail);
}
