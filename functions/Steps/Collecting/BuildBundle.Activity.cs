using Spectrum.PrivacyFlows.Audit;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Deadlines;

namespace Spectrum.PrivacyFlows.Steps.Collecting;

/// <summary>Packages the round and writes down what it came to. A round that lacks anything has no bundle, so nobody can approve it.</summary>
public sealed class BuildBundleActivity(CaseStore cases, CaseAnswers answers, CaseRecord record, RoundStore rounds, BundleBuilder builder, DataMapCatalogue map)
{
    [Function(nameof(BuildBundle))]
    public async Task BuildBundle([ActivityTrigger] BuildInput input, FunctionContext context)
    {
        var (id, cancellation) = (CaseId.Parse(input.CaseId), context.CancellationToken);
        // After a restart: what was decided on stays as it was decided on.
        if (await answers.FindAsync(id, Question.Decision(input.Round), cancellation) is not null)
            return;

        var round = await BuildAsync(id, input, cancellation);
        await rounds.WriteAsync(id, round, cancellation);
        await cases.UpdateAsync(id, c => c with { BundleSha256 = round.BundleSha256, State = CaseState.AwaitingDecision }, cancellation);
        await record.AppendAsync(id, $"bundle/{input.Round}", round.IsComplete ? "The bundle was built; every record that was taken is in it." : "No bundle can be offered yet.",
            new Dictionary<string, string> { ["sha256"] = round.BundleSha256, ["bytes"] = $"{round.BundleBytes}", ["problem"] = round.Problem }, cancellation);
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
            return new Round(input.Round, input.Systems, summary.Sha256, summary.Bytes, "");
        }
        catch (BundleIncompleteException incomplete)
        {
            return new Round(input.Round, input.Systems, "", 0, incomplete.Message);
        }
    }
}
