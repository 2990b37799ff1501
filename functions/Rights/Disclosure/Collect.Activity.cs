using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Rights.Disclosure;

/// <summary>Takes what one system holds about the person into staging.</summary>
public sealed class CollectActivity(
    CaseFiles files, EvidenceLog record, DataMapCatalogue map, Collector collector, TimeProvider clock, ILogger<CollectActivity> log)
{
    /// <exception cref="CollectionException">The system failed in a way that may pass: try again.</exception>
    [Function(nameof(CollectFromSystem))]
    public async Task<SystemOutcome> CollectFromSystem([ActivityTrigger] CollectInput input, FunctionContext context)
    {
        var (id, cancellation) = (CaseId.Parse(input.CaseId), context.CancellationToken);
        var system = map.Systems.Single(s => s.Key == input.System);
        var identifiers = Identifiers.FromJson(
            await files.ReadSealedAsync(id, "identifiers.json", cancellation)
            ?? throw new InvalidOperationException("The person was not looked for yet."));
        var began = clock.GetTimestamp();
        try
        {
            var collected = await collector.CollectAsync(id, system, identifiers, cancellation);
            var near = await collector.CountNearMissesAsync(system, identifiers, cancellation);
            var records = collected.Tables.Sum(t => t.CountTaken);
            Measure.Collected(input.System, clock.GetElapsedTime(began), records);
            await record.AppendAsync(id, $"collected/{input.Round}/{input.System}",
                $"{system.Name}: {records} records taken, as many as it counts.",
                Facts(collected, near),
                cancellation);
            return new SystemOutcome(input.System, records, "", "")
            {
                Malformed = collected.Tables.Sum(t => t.Malformed?.Values.Sum() ?? 0),
                NearByTag = near.ByTag,
                NearByLetter = near.ByLetter,
            };
        }
        catch (CollectionException failure)
        {
            Measure.Collected(input.System, clock.GetElapsedTime(began), records: null);
            log.LogWarning("{CaseId}: collecting from {System} failed: {Problem}", input.CaseId, input.System, failure.Message);
            if (failure.IsTransient)
                throw;
            return new SystemOutcome(input.System, 0, failure.Message, "Ask its owner to mend it, then choose “Collect again”.");
        }
    }

    private static Dictionary<string, string> Facts(CollectedSystem collected, NearMisses near)
    {
        var facts = collected.Tables.ToDictionary(
            t => t.Table, t => $"source {t.CountAtSource}, taken {t.CountTaken}, sha256 {t.Sha256}{Malformed(t)}");
        if (near != NearMisses.None)
            facts["near-misses"] = $"{near.ByTag} by the address's tag, {near.ByLetter} by one letter; not taken";
        return facts;
    }

    private static string Malformed(CollectedTable table) => table.Malformed is null ? ""
        : ", as they stand: " + string.Join(", ", table.Malformed.Select(field => $"{field.Value} of {field.Key}"));
}
