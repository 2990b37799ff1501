using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Person.Delivery;

/// <summary>The link goes out, and the bundle stays until the person has it or the link expires.</summary>
internal static class DeliverOrchestration
{
    public static async Task DeliverUntilReceivedOrExpired(this TaskOrchestrationContext context, string caseId)
    {
        var expires = await context.CallActivityAsync<DateTime>(nameof(DeliverActivity.Deliver), caseId, Retries.Mail);
        await context.AwaitAnswer(caseId, Question.Receipt, nudges: [], nudge: _ => Task.CompletedTask, until: expires);
    }
}
