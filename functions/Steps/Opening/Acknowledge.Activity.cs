using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Deadlines;
using Spectrum.PrivacyFlows.Letters;
using Spectrum.PrivacyFlows.Letters.Person;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mailbox;
using Spectrum.PrivacyFlows.Steps.Identity;

namespace Spectrum.PrivacyFlows.Steps.Opening;

/// <summary>Answers at once, in the same thread: the number, what we understood, what happens next, the due date, and the link that confirms the sender.</summary>
public sealed class AcknowledgeActivity(CaseStore cases, CaseLinks links, IOutbox outbox)
{
    [Function(nameof(Acknowledge))]
    public async Task Acknowledge([ActivityTrigger] string caseId, FunctionContext context)
    {
        var id = CaseId.Parse(caseId);
        var found = await cases.GetAsync(id, context.CancellationToken);
        var confirm = await links.CreateAsync(id, LinkPurpose.Confirm, "", IdentityTimetable.LinkExpires(found.ReceivedAt), context.CancellationToken);
        var letter = new AcknowledgementLetter(id, found.Rights, DeadlineCalculator.LondonDate(found.ReceivedAt), found.DueOn!.Value, confirm);
        await outbox.SendToPersonAsync(id, "acknowledgement", LetterRenderer.Render(letter), context.CancellationToken);
    }
}
