using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Identities;
using Spectrum.PrivacyFlows.Links;

namespace Spectrum.PrivacyFlows.Rights.Disclosure;

/// <summary>Opens a round: voids what the round before gave out, and finds by which identifiers the systems know the person.</summary>
public sealed class FindPersonActivity(
    CaseStore cases, CaseAnswers answers, RoundStore rounds, CaseFiles files, EvidenceLog record, CaseLinks links, Staging staging,
    DataMapCatalogue map, PersonFinder finder)
{
    /// <exception cref="CollectionException">A system failed in a way that may pass: try again.</exception>
    [Function(nameof(FindPerson))]
    public async Task<FoundPerson> FindPerson([ActivityTrigger] RoundInput input, FunctionContext context)
    {
        var (id, cancellation) = (CaseId.Parse(input.CaseId), context.CancellationToken);
        // What the officer was shown stays as it was shown, also when the case is resumed.
        if (await rounds.FindAsync(id, input.Round, cancellation) is not null)
            return new FoundPerson([], null);

        // An orchestration's history is not sealed; the person's answer is.
        if (await answers.FindAsync(id, Question.Identity, cancellation) is not { Choice: "yes" })
            throw new CaseSealException(input.CaseId, "the orchestration’s word that the person confirmed");
        var found = await cases.GetAsync(id, cancellation);
        if (found.Round < input.Round)
        {
            await links.RevokeAsync(id, DecisionLinks.Purposes, cancellation);
            await staging.ClearAsync(id, cancellation);
            await cases.UpdateAsync(
                id,
                c => c with { Round = input.Round, BundleSha256 = "", BundleETag = "", State = CaseState.Collecting },
                cancellation);
        }

        var (identifiers, problem) = await FindAsync(found.From, input.ByAddressAlone, cancellation);
        await files.WriteSealedAsync(id, "identifiers.json", identifiers.ToJson(), cancellation);
        await record.AppendAsync(id, $"searched/{input.Round}", "We searched every system of the data map, "
            + "starting from the sender's address and following only identifiers that those records name.",
            new Dictionary<string, string> { ["rule"] = "T10", ["systems"] = string.Join(", ", map.Systems.Select(s => s.Key)) },
            cancellation);
        return new FoundPerson([.. map.Systems.Select(s => s.Key)], problem, WaitsLonger: true);
    }

    private async Task<(Identifiers Identifiers, SystemOutcome? Problem)> FindAsync(
        EmailAddress address, bool byAddressAlone, CancellationToken cancellation)
    {
        var alone = Identifiers.None.With(Identifiers.Email, address.Value);
        if (byAddressAlone)
            return (alone, Unfound("A system that says by what else people are known did not answer, although we tried five times."));
        try
        {
            return (await finder.FindAsync(address, cancellation), null);
        }
        catch (CollectionException failure) when (!failure.IsTransient)
        {
            return (alone, Unfound(failure.Message));
        }
    }

    private static SystemOutcome Unfound(string problem) =>
        new(
            "Finding the person",
            0,
            problem,
            "Until this is mended we only search by the address, which may be too little or too much. Then choose “Collect again”.");
}
