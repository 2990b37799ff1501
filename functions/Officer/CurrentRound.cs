using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Rights.Disclosure;

namespace Spectrum.PrivacyFlows.Officer;

/// <summary>The round that may be decided on now.</summary>
public sealed class CurrentRound(CaseStore cases, RoundStore rounds)
{
    /// <summary>Null while the case collects, or where there is no such case.</summary>
    public async Task<Round?> FindAsync(string caseId, CancellationToken cancellation)
    {
        if (!CaseId.TryParse(caseId, out var id) || await cases.FindAsync(id, cancellation) is not { Round: > 0 } found)
            return null;
        var round = await rounds.FindAsync(id, found.Round, cancellation);
        return round is not null && round.BundleSha256 == found.BundleSha256 ? round : null;
    }

    /// <summary>The scope that a link must have to act now; while the case collects, one that no link has.</summary>
    public async Task<string> ScopeAsync(string caseId, CancellationToken cancellation) =>
        (await FindAsync(caseId, cancellation))?.Scope ?? "none";
}
