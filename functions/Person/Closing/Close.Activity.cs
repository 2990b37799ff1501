using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Person.Closing;

/// <summary>Closes the case: links end, identifiers that served the search go, the record stays (S4).</summary>
public sealed class CloseActivity(
    CaseStore cases, CaseAnswers answers, CaseFiles files, EvidenceLog record, CaseLinks links, LetterRenderer letters, IOutbox outbox,
    Downloads downloads, DownloadCodes codes, EvidenceAnchors anchors, TimeProvider clock, ILogger<CloseActivity> log)
{
    [Function(nameof(Close))]
    public async Task Close([ActivityTrigger] CloseInput input, FunctionContext context)
    {
        var (id, cancellation) = (CaseId.Parse(input.CaseId), context.CancellationToken);
        var receipt = await answers.FindAsync(id, Question.Receipt, cancellation) is { Choice: "yes" } said ? said : null;
        await links.RevokeAsync(id, Enum.GetValues<LinkPurpose>(), cancellation);
        await files.DeleteAsync(id, "identifiers.json", cancellation);
        await codes.ForgetCallersAsync(id, cancellation);
        if (input.Outcome == CaseOutcome.Answered)
        {
            var letter = new ClosedLetter(id, receipt is not null, await downloads.CountAsync(id, cancellation));
            await outbox.SendToPersonAsync(id, "closed", letters.Render(letter), cancellation);
        }
        await record.AppendAsync(id, "closed", $"The case was closed: {input.Outcome}.", cancellation: cancellation);
        await anchors.AnchorAsync(id.ToString(), cancellation);
        Tell(await cases.UpdateAsync(id, c => c with { State = CaseState.Closed, Outcome = input.Outcome }, cancellation));
    }

    /// <summary>What statistics are made of; a step that runs again counts again, which happens once in a great many cases.</summary>
    private void Tell(Case closed)
    {
        var now = clock.GetUtcNow();
        var (right, days) = (
            Measure.Name(closed.Rights),
            DeadlineCalculator.LondonDate(now).DayNumber - DeadlineCalculator.LondonDate(closed.ReceivedAt).DayNumber);
        Measure.Closed(days, right, closed.Outcome);
        log.CaseClosed(closed.Id, right, closed.Outcome, days);
        CaseTrace.Whole(closed, closed.Outcome, now);
    }
}
