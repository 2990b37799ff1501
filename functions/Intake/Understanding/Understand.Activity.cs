using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Intake.Understanding;

/// <summary>Says what the request asks for and by when it must be answered (T1 to T4).</summary>
public sealed class UnderstandActivity(CaseStore cases, EvidenceLog record, DeadlineCalculator deadlines)
{
    [Function(nameof(Understand))]
    public async Task<Understood> Understand([ActivityTrigger] string caseId, FunctionContext context)
    {
        var id = CaseId.Parse(caseId);
        var found = await cases.GetAsync(id, context.CancellationToken);
        var due = deadlines.Due(DeadlineCalculator.LondonDate(found.ReceivedAt));
        var changed = await cases.UpdateAsync(id, c => c with { DueOn = c.DueOn ?? due.On }, context.CancellationToken);

        var rights = RightNames.InWords(changed.Rights);
        await record.AppendAsync(
            id,
            "understood",
            rights is "" ? "No rule understood what the request asks for; the officer will say." : $"The request asks for {rights}.",
            new Dictionary<string, string>
            {
                ["due"] = $"{changed.DueOn:yyyy-MM-dd}",
                ["rule"] = "T3",
                ["holidays-known"] = due.IsBeyondKnownHolidays ? "no" : "yes",
            },
            context.CancellationToken);
        return new Understood(changed.Rights.Count > 0, IsAnsweredByHand: false, changed.DueOn!.Value);
    }
}

/// <summary>What the story needs to know of a request.</summary>
/// <param name="IsUnderstood">We know which rights it asks for.</param>
/// <param name="IsAnsweredByHand">The officer answers it, or it is no privacy request.</param>
/// <param name="DueOn">The last day to answer, a date in London.</param>
public sealed record Understood(bool IsUnderstood, bool IsAnsweredByHand, DateOnly DueOn);
