using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Links;

namespace Spectrum.PrivacyFlows.Answering;

/// <summary>
/// Takes an answer from a page: stores it, uses up the link, then wakes the orchestration. In this order a crash loses nothing: whoever
/// sends the form again finds the answer their own, the step that takes the answer sees to the link, and the watch to the wake.
/// </summary>
public sealed class AnswerReceiver(CaseAnswers answers, CaseLinks links, ILogger<AnswerReceiver> log)
{
    /// <returns>False where the question was answered before by another link or another choice.</returns>
    public async Task<bool> TakeAsync(
        DurableTaskClient client, LinkCheck link, Question question, Answer answer, CancellationToken cancellation)
    {
        var id = link.CaseId!.Value;
        if (!await answers.TryAnswerAsync(id, question, answer with { LinkId = link.Id }, cancellation))
            return false;
        // The answer is this link's from here on. A case that happens to be awake may have seen to the link before us, and who sends the
        // form twice has answered once: both are thanked.
        await links.EnsureUsedAsync(id, link.Purpose, link.Id, cancellation);
        await WakeAsync(client, id, question, cancellation);
        return true;
    }

    /// <summary>Why a link takes no answer: the time had run out, it was answered before, or something is wrong with it.</summary>
    public async Task<IActionResult> RefusedAsync(LinkCheck link, Question question, CancellationToken cancellation)
    {
        if (link is { State: not LinkState.Forged, CaseId: { } id }
            && await answers.FindAsync(id, question, cancellation) is { Choice: Answer.TimedOut })
            return LinkPages.TimeRanOut();
        return link.State == LinkState.Valid ? LinkPages.AlreadyAnswered() : LinkPages.Refused(link);
    }

    /// <summary>
    /// Wakes a case that waits for this answer. One that does not run finds the answer when it is resumed (see Watching).
    /// </summary>
    public async Task WakeAsync(DurableTaskClient client, CaseId id, Question question, CancellationToken cancellation)
    {
        var instance = await client.GetInstanceAsync(id.ToString(), cancellation);
        if (instance is null || instance.IsCompleted)
            log.LogWarning("{CaseId}: an answer came while the case's orchestration does not run; it is stored.", id);
        else
            await client.RaiseEventAsync(id.ToString(), question.Key, "", cancellation);
    }
}
