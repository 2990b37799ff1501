using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Understanding;
using Spectrum.PrivacyFlows.Officer.Deciding;
using Spectrum.PrivacyFlows.Officer.Sorting;
using Spectrum.PrivacyFlows.Person.Acknowledging;
using Spectrum.PrivacyFlows.Person.Closing;
using Spectrum.PrivacyFlows.Person.Delivery;
using Spectrum.PrivacyFlows.Person.Identity;
using Spectrum.PrivacyFlows.Rights;
using Spectrum.PrivacyFlows.Rights.Disclosure;

namespace Spectrum.PrivacyFlows;

/// <summary>
/// The story of one privacy request, from the mail that opened the case to its closing. Its instance id is the case's number.
/// </summary>
public static class PrivacyRequestOrchestration
{
    /// <returns>How the case ended, one of <see cref="CaseOutcome"/>.</returns>
    [Function(nameof(PrivacyRequest))]
    public static async Task<string> PrivacyRequest([OrchestrationTrigger] TaskOrchestrationContext context, string caseId)
    {
        var request = await context.Understand(caseId);
        await context.Acknowledge(caseId);

        if (!request.IsUnderstood)
            request = await context.LetTheOfficerSort(caseId, request.DueOn);
        if (request.IsAnsweredByHand)
            return await context.Close(caseId, CaseOutcome.AnsweredByHand);

        var identity = await context.VerifyIdentity(caseId);
        if (identity != IdentityAnswer.Confirmed)
            return await context.Close(caseId, identity == IdentityAnswer.Denied ? CaseOutcome.NotTheSender : CaseOutcome.NotConfirmed);

        var decision = Decision.CollectAgain;
        for (var round = 1; decision == Decision.CollectAgain; round++)
        {
            var found = await context.CollectFromEverySystem(caseId, round);
            await context.BuildBundle(caseId, round, found);
            decision = await context.AwaitDecision(caseId, round, request.DueOn);
        }

        if (decision == Decision.Refuse)
            await context.TellOfRefusal(caseId);
        else
            await context.DeliverUntilReceivedOrExpired(caseId);

        await context.Destroy(caseId);
        return await context.Close(caseId, decision == Decision.Refuse ? CaseOutcome.Refused : CaseOutcome.Answered);
    }
}
