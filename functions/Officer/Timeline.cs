using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Officer;

/// <summary>The case's record as the officer's pages show it, with the verifier's word on its chain.</summary>
public sealed class Timeline(EvidenceLog record)
{
    /// <returns>The lines, and what is wrong with the chain: empty where it holds.</returns>
    public async Task<(IReadOnlyList<TimelineEntry> Entries, string ChainProblem)> ReadAsync(CaseId caseId, CancellationToken cancellation)
    {
        var entries = new List<TimelineEntry>();
        await foreach (var line in record.ReadAsync(caseId, cancellation))
            entries.Add(new TimelineEntry(line.At, line.Text, line.Hash));
        return (entries, await record.FindBreakAsync(caseId, cancellation) ?? "");
    }
}
