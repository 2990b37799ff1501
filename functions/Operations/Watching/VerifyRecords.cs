using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Operations.Watching;

/// <summary>
/// Each night recomputes the records of all open cases, of the system, and of a thirtieth of the closed cases, so that each is looked at
/// once in thirty days at least; keeps where they end; and says so at once where one does not hold (S3).
/// </summary>
public sealed class VerifyRecords(
    CaseStore cases, EvidenceAnchors anchors, LetterRenderer letters, OfficerMail officer, TimeProvider clock,
    ILogger<VerifyRecords> log)
{
    private const int Share = 30;
    private const int AtOnce = 8;

    [Function(nameof(VerifyEveryRecord))]
    public async Task VerifyEveryRecord([TimerTrigger("0 20 2 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var night = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        await VerifyAsync(EvidenceLog.OfTheSystem, null, cancellation);
        var due = cases.AllAsync(cancellation).Where(found => found.State != CaseState.Closed || IsTurnOf(found.Id, night));
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (found, stop) => await VerifyAsync(found.Id.ToString(), found, stop));
    }

    /// <summary>Nights are counted on and on, not from each new year, so that no closed case waits longer than thirty.</summary>
    internal static bool IsTurnOf(CaseId closed, DateOnly night) => closed.Number % Share == night.DayNumber % Share;

    private async Task VerifyAsync(string owner, Case? found, CancellationToken cancellation)
    {
        try
        {
            var problem = await anchors.FindBreakAsync(owner, cancellation);
            Measure.RecordVerified(problem is null);
            if (problem is null)
                await anchors.AnchorAsync(owner, cancellation);
            else
                await TellAsync(owner, found, problem, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(
                "{CaseId}: the record could not be verified ({Problem}); the next night does it.", owner, Failures.Describe(failure));
        }
    }

    private async Task TellAsync(string owner, Case? found, string problem, CancellationToken cancellation)
    {
        log.EvidenceBroken(owner, problem);
        if (found is null)
            return;
        var letter = new ProblemLetter(found.Id, "The record of this case does not hold.",
            $"{problem} Somebody may have changed it. Please show this letter to your IT people at once, and leave the case as it is until "
                + "they have looked. Their handbook, docs/operations.md, has a chapter on it: “Evidence is broken”.", null, "");
        await officer.SendAsync(found.Id, "problem/evidence", letters.Render(letter), isUrgent: true, cancellation);
    }
}
