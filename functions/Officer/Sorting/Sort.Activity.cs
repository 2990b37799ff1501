using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Intake.Understanding;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Officer.Sorting;

/// <summary>Hands a request that no rule understood to the officer, and takes what the officer says of it.</summary>
public sealed class SortActivity(
    CaseStore cases, CaseAnswers answers, EvidenceLog record, CaseLinks links, LetterRenderer letters, OfficerMail officer,
    RequestText texts, TimeProvider clock)
{
    [Function(nameof(AskWhatItIs))]
    public async Task AskWhatItIs([ActivityTrigger] AskInput input, FunctionContext context)
    {
        var id = CaseId.Parse(input.CaseId);
        var found = await cases.UpdateAsync(id, c => c.Reached(CaseState.WithOfficer), context.CancellationToken);
        var link = await links.CreateAsync(id, LinkPurpose.Sort, "", OfficerMail.LinksExpire(found), context.CancellationToken);
        var excerpt = await texts.ExcerptAsync(found, context.CancellationToken);
        var letter = new SortLetter(
            id, found.From, found.Name, found.Subject, excerpt, found.DueOn!.Value, found.DaysLeft(clock.GetUtcNow()), link,
            OfficerMail.ReminderWords(input.DaysBefore), input.DaysBefore <= 0);
        await officer.SendAsync(
            id, OfficerMail.Key("sort", input.DaysBefore), letters.Render(letter), input.DaysBefore <= 0, context.CancellationToken);
    }

    [Function(nameof(TakeSorting))]
    public async Task<Understood> TakeSorting([ActivityTrigger] TakeSortingInput input, FunctionContext context)
    {
        var id = CaseId.Parse(input.CaseId);
        var answer = await answers.FindAsync(id, Question.Sorting, context.CancellationToken);
        if (answer?.Choice != input.Choice)
            throw new CaseSealException(input.CaseId, "the orchestration’s word of what the officer sorted");
        await links.EnsureUsedAsync(id, LinkPurpose.Sort, answer.LinkId, context.CancellationToken);
        IReadOnlyList<Right> rights = input.Choice switch
        {
            SortChoice.Access => [Right.Access],
            SortChoice.Portability => [Right.Portability],
            SortChoice.Both => [Right.Access, Right.Portability],
            _ => [],
        };
        var found = await cases.UpdateAsync(id, c => c with { Rights = rights }, context.CancellationToken);
        await record.AppendAsync(id, "sorted", rights.Count > 0
            ? $"The officer read the request: it asks for {RightNames.InWords(rights)}." :
            input.Choice == SortChoice.Answered
            ? "The officer answered the request by hand."
            : "The officer found that this is not a privacy request.",
            new Dictionary<string, string>
            {
                ["by"] = answer.By,
                ["note"] = answer.Text[..Math.Min(2000, answer.Text.Length)],
            }, context.CancellationToken);
        return new Understood(rights.Count > 0, rights.Count == 0, found.DueOn!.Value);
    }
}
