using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Tampering;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Operations.Verifying;

/// <summary>
/// Each night recomputes the records of all open cases, of the system, and of a thirtieth of the closed cases, so that each is looked at
/// once in thirty days at least; compares them with what they vouch for; keeps where they end; looks for cases that are gone; and says so
/// at once where anything does not hold (S3).
/// </summary>
public sealed class VerifyRecords(
    CaseStore cases, EvidenceAnchors anchors, Agreement agreement, MissingCases missing, TamperAlarm alarm, TimeProvider clock,
    ILogger<VerifyRecords> log)
{
    private const int Share = 30;
    private const int AtOnce = 8;

    [Function(nameof(VerifyEveryRecord))]
    public async Task VerifyEveryRecord([TimerTrigger("0 20 2 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var night = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        await TryAsync(EvidenceLog.OfTheSystem, () => VerifyAsync(EvidenceLog.OfTheSystem, cancellation), cancellation);
        List<string> broken = [];
        var all = cases.AllAsync(broken, cancellation);
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (found, stop) => await TryAsync(found.Id.ToString(), () => VerifyAsync(found, night, stop), stop));
        foreach (var owner in broken)
            await alarm.TryRaiseAsync(CaseSealException.OfRow(owner).Message, cancellation);
        await TryAsync("SYSTEM", () => missing.FindAsync(cancellation), cancellation);
    }

    /// <summary>Nights are counted on and on, not from each new year, so that no closed case waits longer than thirty.</summary>
    internal static bool IsTurnOf(CaseId closed, DateOnly night) => closed.Number % Share == night.DayNumber % Share;

    private async Task VerifyAsync(Case found, DateOnly night, CancellationToken cancellation)
    {
        await cases.ResealAsync(found.Id, cancellation);
        if (found.State == CaseState.Closed && !IsTurnOf(found.Id, night))
            return;
        // A record that does not hold vouches for nothing, and one alarm says so.
        if (!await VerifyAsync(found.Id.ToString(), cancellation))
            return;
        foreach (var problem in await agreement.FindBreaksAsync(found.Id, cancellation))
            await alarm.RaiseAsync(found.Id.ToString(), problem, cancellation);
    }

    /// <returns>Whether the record holds.</returns>
    private async Task<bool> VerifyAsync(string owner, CancellationToken cancellation)
    {
        var problem = await anchors.FindBreakAsync(owner, cancellation);
        Measure.RecordVerified(problem is null);
        if (problem is null)
            await anchors.AnchorAsync(owner, cancellation);
        else
            await alarm.RaiseAsync(owner, $"The record does not hold. {problem}", cancellation);
        return problem is null;
    }

    /// <summary>What fails of one case must not keep the others from being looked at.</summary>
    private async Task TryAsync(string owner, Func<Task> check, CancellationToken cancellation)
    {
        try
        {
            await check();
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(
                "{CaseId}: the record could not be verified ({Problem}); the next night does it.",
                CaseId.TryParse(owner, out _) ? owner : "SYSTEM", Failures.Describe(failure));
        }
    }
}
