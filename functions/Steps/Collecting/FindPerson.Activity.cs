using Spectrum.PrivacyFlows.Audit;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Identities;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Steps.Deciding;

namespace Spectrum.PrivacyFlows.Steps.Collecting;

/// <summary>Opens a round: voids what the round before gave out, and finds by which identifiers the systems know the person.</summary>
public sealed class FindPersonActivity(CaseStore cases, CaseAnswers answers, CaseFiles files, CaseRecord record, CaseLinks links, Staging staging, DataMapCatalogue map, PersonFinder finder)
{
    /// <returns>The keys of the systems to collect from; none where this round was decided already (after a restart).</returns>
    [Function(nameof(FindPerson))]
    public async Task<IReadOnlyList<string>> FindPerson([ActivityTrigger] RoundInput input, FunctionContext context)
    {
        var (id, cancellation) = (CaseId.Parse(input.CaseId), context.CancellationToken);
        if (await answers.FindAsync(id, Question.Decision(input.Round), cancellation) is not null)
            return [];

        var found = await cases.GetAsync(id, cancellation);
        if (found.Round < input.Round)
        {
            await links.RevokeAsync(id, DecisionLinks.Purposes, cancellation);
            await staging.ClearAsync(id, cancellation);
            await cases.UpdateAsync(id, c => c with { Round = input.Round, BundleSha256 = "", State = CaseState.Collecting }, cancellation);
        }

        var identifiers = await finder.FindAsync(found.From, cancellation);
        await files.WriteAsync(id, "identifiers.json", BinaryData.FromString(identifiers.ToJson()), cancellation);
        await record.AppendAsync(id, $"searched/{input.Round}", "We searched every system of the data map, starting from the sender's address and following only identifiers that those records name (T10).",
            new Dictionary<string, string> { ["systems"] = string.Join(", ", map.Systems.Select(s => s.Key)) }, cancellation);
        return [.. map.Systems.Select(s => s.Key)];
    }
}
