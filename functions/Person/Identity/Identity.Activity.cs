using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Person.Closing;

namespace Spectrum.PrivacyFlows.Person.Identity;

/// <summary>Asks, reminds, and takes the answer to "did you send us this request?" (I1, I2).</summary>
public sealed class IdentityActivity(
    CaseStore cases, CaseAnswers answers, EvidenceLog record, CaseLinks links, LetterRenderer letters, IOutbox outbox,
    OfficerMail officer, TimeProvider clock)
{
    private const string ControlOfMailbox = "control of the mailbox";

    /// <returns>When the asking began, in UTC; the same after a restart.</returns>
    [Function(nameof(StartAsking))]
    public async Task<DateTime> StartAsking([ActivityTrigger] string caseId, FunctionContext context)
    {
        var id = CaseId.Parse(caseId);
        var now = clock.GetUtcNow();
        var found = await cases.UpdateAsync(
            id, c => c.Reached(CaseState.AwaitingIdentity) with { IdentityAskedAt = c.IdentityAskedAt ?? now }, context.CancellationToken);
        await record.AppendAsync(
            id,
            "identity-asked",
            "We asked the sender to confirm the request, since the name on an email proves nothing.",
            new Dictionary<string, string>
            {
                ["rule"] = "I1",
                ["method"] = "link to the sender's mailbox",
                ["doubt"] = "an email's From line can be forged",
                ["authentication"] = found.Authentication,
            },
            context.CancellationToken);
        return found.IdentityAskedAt!.Value.UtcDateTime;
    }

    [Function(nameof(RemindOfIdentity))]
    public async Task RemindOfIdentity([ActivityTrigger] RemindInput input, FunctionContext context)
    {
        var id = CaseId.Parse(input.CaseId);
        var found = await cases.GetAsync(id, context.CancellationToken);
        var link = await links.CreateAsync(
            id, LinkPurpose.Confirm, "", IdentityTimetable.LinkExpires(found.ReceivedAt), context.CancellationToken);
        var letter = new IdentityReminderLetter(
            id, link, DeadlineCalculator.LondonDate(new DateTimeOffset(input.ClosesAt, TimeSpan.Zero)), input.Number);
        await outbox.SendToPersonAsync(id, $"identity-reminder/{input.Number}", letters.Render(letter), context.CancellationToken);
    }

    [Function(nameof(TakeIdentity))]
    public async Task<IdentityAnswer> TakeIdentity([ActivityTrigger] TakeIdentityInput input, FunctionContext context)
    {
        var id = CaseId.Parse(input.CaseId);
        // Whether the person answered in time is decided here and nowhere else: one of the two is stored first.
        var answer = input.Choice is null
            ? await answers.TimeOutAsync(id, Question.Identity, context.CancellationToken)
            : await answers.FindAsync(id, Question.Identity, context.CancellationToken);
        if (answer is null || (input.Choice is not null && answer.Choice != input.Choice))
            throw new CaseSealException(input.CaseId, "the orchestration’s word of what the person answered");
        if (answer.LinkId.Length > 0)
            await links.EnsureUsedAsync(
                id, answer.By is "" ? LinkPurpose.Confirm : LinkPurpose.Vouch, answer.LinkId, context.CancellationToken);
        switch (answer.Choice)
        {
            case "yes":
                await record.AppendAsync(
                    id,
                    "identity",
                    "The sender confirmed the request: they control the mailbox that it came from.",
                    Facts("confirmed", Method(answer)),
                    context.CancellationToken);
                return IdentityAnswer.Confirmed;
            case "no":
                await record.AppendAsync(
                    id,
                    "identity",
                    "The owner of the mailbox says that they did not send the request.",
                    Facts("denied"),
                    context.CancellationToken);
                var letter = new NotTheSenderLetter(id, DeadlineCalculator.LondonDate(answer.At));
                await officer.SendAsync(id, "not-the-sender", letters.Render(letter), isUrgent: false, context.CancellationToken);
                return IdentityAnswer.Denied;
            default:
                await record.AppendAsync(
                    id,
                    "identity",
                    $"Nobody confirmed the request within {IdentityTimetable.CloseAfterDays} days.",
                    Facts("not confirmed"),
                    context.CancellationToken);
                await outbox.SendToPersonAsync(
                    id, "unconfirmed", letters.Render(new UnconfirmedClosedLetter(id)), context.CancellationToken);
                return IdentityAnswer.None;
        }
    }

    private static string Method(Answer answer) => answer switch
    {
        { By: not "" } => $"control of the mailbox: a reply to our letter, read by {answer.By}",
        { LinkId: "" } => "control of the mailbox: a reply to our letter",
        _ => ControlOfMailbox,
    };

    private static Dictionary<string, string> Facts(string result, string method = ControlOfMailbox) =>
        new() { ["rule"] = "I2", ["method"] = method, ["result"] = result };
}
