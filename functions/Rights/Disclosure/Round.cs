using System.Text.Json;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Rights.Disclosure;

/// <summary>
/// What a round of collecting came to: what the officer is shown. Kept in the case's container as <c>rounds/{number}.json</c>.
/// </summary>
/// <param name="Problem">Why there is no bundle to approve; empty where there is one.</param>
public sealed record Round(int Number, IReadOnlyList<SystemOutcome> Systems, string BundleSha256, long BundleBytes, string Problem)
{
    /// <summary>Which writing of the bundle it was, in the storage's word; nobody can write another one with the same.</summary>
    public string BundleETag { get; init; } = "";

    /// <summary>Every system answered in full and a bundle was built.</summary>
    public bool IsComplete => Problem is "" && BundleSha256 is not "" && Systems.All(s => s.Problem is "");

    /// <summary>What a link to decide on this round is bound to: a bundle built anew has another scope.</summary>
    public string Scope => $"round {Number} sha256 {BundleSha256}";
}

/// <summary>Reads and writes rounds.</summary>
public sealed class RoundStore(CaseFiles files)
{
    public async Task WriteAsync(CaseId caseId, Round round, CancellationToken cancellation) =>
        await files.WriteSealedAsync(caseId, Name(round.Number), JsonSerializer.Serialize(round), cancellation);

    public async Task<Round?> FindAsync(CaseId caseId, int number, CancellationToken cancellation) =>
        await files.ReadSealedAsync(caseId, Name(number), cancellation) is { } json ? JsonSerializer.Deserialize<Round>(json) : null;

    private static string Name(int number) => $"rounds/{number}.json";
}
