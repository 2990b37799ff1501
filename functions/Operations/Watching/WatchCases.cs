using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Rights;
using Spectrum.PrivacyFlows.Rights.Disclosure;
using Spectrum.PrivacyFlows.Tampering;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Operations.Watching;

/// <summary>
/// Looks after open cases: one whose orchestration ended before the case closed is shown to the officer with a link to go on, one that
/// has no orchestration is started (every step finds what is done), and an answer that was stored but never woke its case wakes it now.
/// </summary>
public sealed class WatchCases(
    CaseStore cases, CaseAnswers answers, EvidenceLog record, CaseLinks links, AnswerReceiver desk, LetterRenderer letters,
    OfficerMail officer, TamperAlarm alarm, TimeProvider clock, ILogger<WatchCases> log)
{
    private const int AtOnce = 8;

    // Between two runs; and how long an answer may need to be read without help.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    [Function(nameof(WatchOpenCases))]
    public async Task WatchOpenCases(
        [TimerTrigger("30 */15 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var census = new Census(clock.GetUtcNow());
        // They are counted one by one as they are read, and looked after several at a time.
        List<string> broken = [];
        await Parallel.ForEachAsync(cases.OpenAsync(broken, cancellation).Select(found => Counted(census, found)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (found, stop) => await TryWatchAsync(client, found, stop));
        census.Report();
        foreach (var owner in broken)
            await alarm.TryRaiseAsync(CaseSealException.OfRow(owner).Message, cancellation);
    }

    private Case Counted(Census census, Case found)
    {
        if (census.Count(found) is { } daysLeft and <= Census.SoonDays)
            log.CaseDueSoon(found.Id, daysLeft, found.State);
        return found;
    }

    private async Task TryWatchAsync(DurableTaskClient client, Case found, CancellationToken cancellation)
    {
        try
        {
            await WatchAsync(client, found, cancellation);
        }
        catch (CaseSealException broken)
        {
            await alarm.TryRaiseAsync(broken.Message, cancellation);
        }
        // A request that timed out says "cancelled" too, and must not end the watch of the others.
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(
                "{CaseId}: watching failed ({Failure}); it is tried again in a quarter of an hour.", found.Id, failure.GetType().Name);
        }
    }

    private async Task WatchAsync(DurableTaskClient client, Case found, CancellationToken cancellation)
    {
        var instance = await client.GetInstanceAsync(found.Id.ToString(), cancellation);
        if (instance is null)
            await StartAsync(client, found, cancellation);
        else if (!instance.IsCompleted)
            await WakeAsync(client, found, instance, cancellation);
        else
            await TellOfficerAsync(found, instance, cancellation);
    }

    /// <summary>The orchestrations were lost or purged. A case without a record is still being taken in, and receiving starts it.</summary>
    private async Task StartAsync(DurableTaskClient client, Case found, CancellationToken cancellation)
    {
        if (await record.ExistsAsync(found.Id, cancellation))
            await client.Starter()(found.Id, null, cancellation);
    }

    /// <summary>
    /// Wakes a case that waits for an answer which is there, however old it is. An orchestration that took a turn since has read it;
    /// one that still waits is woken once a day all the same, so that whatever is not thought of here costs a day and not the case.
    /// An event that nobody awaits is kept by the orchestration, so there may not be one each quarter of an hour.
    /// </summary>
    private async Task WakeAsync(DurableTaskClient client, Case found, OrchestrationMetadata instance, CancellationToken cancellation)
    {
        if (Awaited(found) is not { } question || await answers.FindAsync(found.Id, question, cancellation) is not { } answer)
            return;
        var age = clock.GetUtcNow() - answer.At;
        var isUnread = instance.LastUpdatedAt < answer.At + Grace;
        if (age > Grace && (isUnread || (age.Days > 0 && age - TimeSpan.FromDays(age.Days) < Interval)))
            await desk.WakeAsync(client, found.Id, question, cancellation);
    }

    /// <summary>What the case waits to be told, or null: so there is one answer to look for, and most often none.</summary>
    private static Question? Awaited(Case found) => found.State switch
    {
        CaseState.WithOfficer => Question.Sorting,
        CaseState.AwaitingIdentity => Question.Identity,
        CaseState.AwaitingDecision => Question.Decision(Math.Max(1, found.Round)),
        CaseState.Delivered => Question.Receipt,
        _ => null,
    };

    private async Task TellOfficerAsync(Case found, OrchestrationMetadata instance, CancellationToken cancellation)
    {
        // One letter for each time that it stopped: the moment it was last updated tells the stops apart.
        var stop = instance.LastUpdatedAt.ToUnixTimeSeconds();
        log.CaseStopped(found.Id, instance.RuntimeStatus);
        var resume = await links.CreateAsync(
            found.Id, LinkPurpose.Resume, $"stop {stop}", instance.LastUpdatedAt.AddDays(60), cancellation);
        var letter = new ProblemLetter(found.Id, "A step of this case failed again and again, so the case stands still.",
            "Nothing is lost and nothing was sent twice. "
                + "If mail or a storage was down and works again, choose “Go on”: the case takes up where it stopped. "
                + "If it stops again, show this letter to your IT people; they find the reason in the log under the case’s number.",
            resume, "Go on");
        await officer.SendAsync(found.Id, $"problem/{stop}", letters.Render(letter), isUrgent: false, cancellation);
    }
}
