using System.Globalization;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Rights;
using Spectrum.PrivacyFlows.Rights.Disclosure;

namespace Spectrum.PrivacyFlows.Officer.Deciding;

/// <summary>Asks the officer to decide, and takes the decision.</summary>
public sealed class DecideActivity(
    CaseStore cases, CaseAnswers answers, EvidenceLog record, CaseLinks links, RoundStore rounds, ReviewSummary summary,
    LetterRenderer letters, OfficerMail officer)
{
    [Function(nameof(AskForDecision))]
    public async Task AskForDecision([ActivityTrigger] AskForDecisionInput input, FunctionContext context)
    {
        var (id, cancellation) = (CaseId.Parse(input.CaseId), context.CancellationToken);
        var round = await rounds.FindAsync(id, input.Round, cancellation)
            ?? throw new InvalidOperationException($"Round {input.Round} was not written down.");
        var letter = await summary.LetterAsync(await cases.GetAsync(id, cancellation), round, input.DaysBefore, cancellation);
        await officer.SendAsync(
            id,
            OfficerMail.Key(string.Create(CultureInfo.InvariantCulture, $"review/{input.Round}"), input.DaysBefore),
            letters.Render(letter),
            input.DaysBefore <= 0,
            cancellation);
    }

    [Function(nameof(TakeDecision))]
    public async Task<Decision> TakeDecision([ActivityTrigger] TakeDecisionInput input, FunctionContext context)
    {
        var (id, cancellation) = (CaseId.Parse(input.CaseId), context.CancellationToken);
        var decision = Decision.Of(input.Choice);
        var answer = await answers.FindAsync(id, Question.Decision(input.Round), cancellation);
        if (answer?.Choice != input.Choice)
            throw new CaseSealException(input.CaseId, $"the orchestration’s word of the decision on round {input.Round}");
        await links.EnsureUsedAsync(id, decision.Link, answer.LinkId, cancellation);
        var round = await rounds.FindAsync(id, input.Round, cancellation);
        await record.AppendAsync(id, $"decision/{input.Round}", decision.Record,
            new Dictionary<string, string>
            {
                ["reviewer"] = answer.By,
                ["sha256"] = round?.BundleSha256 ?? "",
                ["reasons-characters"] = $"{answer.Text.Length}",
            }, cancellation);
        // A case that is resumed passes its earlier rounds again; the links of the present one are not theirs to revoke.
        if ((await cases.GetAsync(id, cancellation)).Round == input.Round)
            await links.RevokeAsync(id, DecisionLinks.Purposes, cancellation);
        return decision;
    }
}
