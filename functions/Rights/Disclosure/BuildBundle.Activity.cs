using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Rights.Disclosure;

/// <summary>
/// Packages the round and writes down what it came to. A round that lacks anything has no bundle, so nobody can approve it.
/// </summary>
public sealed class BuildBundleActivity(
    CaseStore cases, EvidenceLog record, RoundStore rounds, BundleBuilder builder, BundleStore bundles, DataMapCatalogue map)
{
    [Function(nameof(BuildBundle))]
    public async Task BuildBundle([ActivityTrigger] BuildInput input, FunctionContext context)
    {
        var (id, cancellation) = (CaseId.Parse(input.CaseId), context.CancellationToken);
        // What the officer was shown stays as it was shown, also when the case is resumed.
        var round = await rounds.FindAsync(id, input.Round, cancellation) ?? await BuildAsync(id, input, cancellation);
        await rounds.WriteAsync(id, round, cancellation);
        await cases.UpdateAsync(
            id,
            c => c.Round == round.Number
                ? c.Reached(CaseState.AwaitingDecision) with { BundleSha256 = round.BundleSha256, BundleETag = round.BundleETag }
                : c,
            cancellation);
        await record.AppendAsync(
            id,
            $"bundle/{input.Round}",
            round.IsComplete ? "The bundle was built; every record that was taken is in it." : "No bundle can be offered yet.",
            new Dictionary<string, string>
            {
                ["sha256"] = round.BundleSha256,
                ["bytes"] = $"{round.BundleBytes}",
                ["problem"] = round.Problem,
            },
            cancellation);
    }

    private async Task<Round> BuildAsync(CaseId id, BuildInput input, CancellationToken cancellation)
    {
        if (input.Systems.Any(s => s.Problem is not ""))
            return new Round(input.Round, input.Systems, "", 0, "Not every system gave what it holds.");
        try
        {
            var found = await cases.GetAsync(id, cancellation);
            var request = new BundleRequest(id, found.Rights, found.From, DeadlineCalculator.LondonDate(found.ReceivedAt));
            var summary = await builder.BuildAsync(request, map.Systems, cancellation);
            var stored = await bundles.FindAsync(id, cancellation);
            return new Round(input.Round, input.Systems, summary.Sha256, summary.Bytes, "") { BundleETag = stored?.ETag ?? "" };
        }
        catch (BundleIncompleteException incomplete)
        {
            return new Round(input.Round, input.Systems, "", 0, incomplete.Message);
        }
    }
}
