using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Mail.Sending;

/// <summary>
/// Drafts of our letters that a kill left in the mailbox and that nobody will send any more: a code's letter, whose code is long over, a
/// letter of a closed case, and a second draft of a letter that went out by another. A step's letter in an open case stays: the step
/// sends it yet. Drafts that are not by our letters' log are people's own, and stay.
/// </summary>
internal sealed class LeftDrafts(Drafts drafts, LetterLog log, CaseStore cases, TimeProvider clock, ILogger<LeftDrafts> logger)
    : IDraftSweep
{
    // Longer than any sender works on a letter, so that none is met at work.
    private static readonly TimeSpan Age = TimeSpan.FromDays(1);

    public async Task<int> RemoveAsync(CancellationToken cancellation)
    {
        var old = await drafts.ListAsync(clock.GetUtcNow() - Age, cancellation);
        if (old.Count == 0)
            return 0;
        var removed = 0;
        await foreach (var entry in log.AllAsync(cancellation))
        {
            foreach (var draft in old.Where(found =>
                found.Id == entry.DraftId || found.InternetMessageId.Trim('<', '>') == entry.MessageId))
            {
                if (!await IsLeftAsync(entry, draft, cancellation) || !await TryLetGoAsync(entry, draft, cancellation))
                    continue;
                await drafts.DeleteAsync(draft.Id, cancellation);
                logger.LogInformation(
                    "{CaseId}: removed a draft of the letter {LetterKey} that nobody will send.", entry.PartitionKey, entry.RowKey);
                removed++;
            }
        }
        return removed;
    }

    private async Task<bool> IsLeftAsync(LetterEntry entry, Draft draft, CancellationToken cancellation)
    {
        if (!CaseId.TryParse(entry.PartitionKey, out var caseId))
            return false;
        if (entry.DraftId is { } drafted && drafted != draft.Id)
            return true;
        if (entry.SentAt is not null)
            return false; // On record as sent, and a draft all the same: for a human to look at.
        return entry.RowKey.StartsWith("code|", StringComparison.Ordinal)
            || await cases.FindAsync(caseId, cancellation) is { State: CaseState.Closed };
    }

    /// <summary>
    /// The log forgets the draft before it is deleted, so that whoever should want the letter after all drafts it anew.
    /// </summary>
    private async Task<bool> TryLetGoAsync(LetterEntry entry, Draft draft, CancellationToken cancellation)
    {
        if (entry.DraftId != draft.Id)
            return true;
        entry.DraftId = null;
        return await log.TryUpdateAsync(entry, cancellation);
    }
}
