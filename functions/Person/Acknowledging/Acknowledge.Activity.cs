using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Person.Identity;

namespace Spectrum.PrivacyFlows.Person.Acknowledging;

/// <summary>
/// Answers at once, in the same thread: the number, what we understood, what happens next, the due date, and the link that confirms the
/// sender. Where a colleague has to read the request first, the link comes in a second letter, when they have said what it asks for.
/// </summary>
public sealed class AcknowledgeActivity(CaseStore cases, CaseAnswers answers, CaseLinks links, LetterRenderer letters, IOutbox outbox)
{
    [Function(nameof(Acknowledge))]
    public async Task Acknowledge([ActivityTrigger] string caseId, FunctionContext context)
    {
        var id = CaseId.Parse(caseId);
        var found = await cases.GetAsync(id, context.CancellationToken);
        var isUnderstood = found.Rights.Count > 0;
        var isSorted = await answers.FindAsync(id, Question.Sorting, context.CancellationToken) is not null;
        var confirm = !isUnderstood
            ? null
            : await links.CreateAsync(
                id, LinkPurpose.Confirm, "", IdentityTimetable.LinkExpires(found.ReceivedAt), context.CancellationToken);
        var letter = new AcknowledgementLetter(
            id, found.Rights, DeadlineCalculator.LondonDate(found.ReceivedAt), found.DueOn!.Value, confirm);
        await outbox.SendToPersonAsync(
            id,
            isUnderstood && isSorted ? "acknowledgement/understood" : "acknowledgement",
            letters.Render(letter),
            context.CancellationToken);
    }
}
