using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Rights;
using Spectrum.PrivacyFlows.Rights.Disclosure;

namespace Spectrum.PrivacyFlows.Officer.Deciding;

/// <summary>Shows the review page and takes the officer's decision from its form: a typed word and a name, for this bundle alone.</summary>
public sealed class DecisionPages(
    PageGuard guard, CaseLinks links, CaseStore cases, CurrentRound current, EvidenceLog record, ReviewSummary summary,
    DecisionLinks decisionLinks, Timeline timeline, AnswerReceiver desk, TimeProvider clock)
{
    public Task<IActionResult> HandleAsync(
        HttpRequest request, DurableTaskClient client, string caseId, Decision decision, string token, CancellationToken cancellation) =>
        guard.ShowAsync(caseId, () => AnswerAsync(request, client, caseId, decision, token, cancellation));

    private async Task<IActionResult> AnswerAsync(
        HttpRequest request, DurableTaskClient client, string caseId, Decision decision, string token, CancellationToken cancellation)
    {
        var link = await links.CheckAsync(caseId, decision.Link, token, await current.ScopeAsync(caseId, cancellation), cancellation);
        if (link.State != LinkState.Valid || await current.FindAsync(caseId, cancellation) is not { } round)
            return LinkPages.Refused(link);
        var found = await cases.GetAsync(link.CaseId!.Value, cancellation);
        if (!HttpMethods.IsPost(request.Method))
            return await PageAsync(found, round, decision, "", new Typed("", ""), cancellation);

        var form = await PostedForm.ReadAsync(request, cancellation);
        var typed = new Typed(form.Text("reviewer", 100), form.Text("reasons", 4000));
        if (Problem(decision, round, form.Text("confirm"), typed) is { } problem)
            return await PageAsync(found, round, decision, problem, typed, cancellation);
        return decision == Decision.DecideLater
            ? await DecideLaterAsync(link, round, typed, cancellation)
            : await DecideAsync(client, link, round, decision, typed, cancellation);
    }

    private async Task<IActionResult> DecideAsync(
        DurableTaskClient client, LinkCheck link, Round round, Decision decision, Typed typed, CancellationToken cancellation)
    {
        var answer = new Answer(decision.Word, typed.Reviewer, typed.Reasons, link.Id);
        if (!await desk.TakeAsync(client, link, Question.Decision(round.Number), answer, cancellation))
            return LinkPages.AlreadyAnswered();
        if (decision == Decision.Approve)
            return LinkPages.Thanks(
                "Approved", "The person is being sent their link now.", "Your decision and your name are in the case’s record.");
        if (decision == Decision.Refuse)
            return LinkPages.Thanks(
                "Refused", "The person is being told, with your reasons and where they can complain.",
                "Your decision and your name are in the case’s record. The bundle is being deleted.");
        return LinkPages.Thanks(
            "Collecting again", "The links of the last letter no longer work. A new letter comes when the new bundle is ready.");
    }

    /// <summary>Decides nothing: it is written down, the month runs on, and the other links keep working.</summary>
    private async Task<IActionResult> DecideLaterAsync(LinkCheck link, Round round, Typed typed, CancellationToken cancellation)
    {
        await record.AppendAsync(link.CaseId!.Value, $"held/{link.Id}", $"The officer chose to decide on round {round.Number} later.",
            new Dictionary<string, string>
            {
                ["reviewer"] = typed.Reviewer,
                ["note"] = typed.Reasons[..Math.Min(2000, typed.Reasons.Length)],
            }, cancellation);
        return await links.TryUseAsync(link, cancellation)
            ? LinkPages.Thanks(
                "To be decided later",
                "Nothing goes out for now. The month runs on, so we will remind you; the other links in the letter still work.")
            : LinkPages.AlreadyAnswered();
    }

    private static string? Problem(Decision decision, Round round, string confirm, Typed typed)
    {
        if (!string.Equals(confirm, decision.TypedWord, StringComparison.OrdinalIgnoreCase))
            return $"Please type the word {decision.TypedWord} to confirm.";
        if (typed.Reviewer is "")
            return "Please type your name: it goes into the record.";
        if (decision == Decision.Refuse && typed.Reasons.Length < 10)
            return "Please give the reasons: the person has a right to them (Article 12(4)).";
        return decision == Decision.Approve && !round.IsComplete ? "This bundle is not complete, so it cannot be approved." : null;
    }

    private async Task<PageResult> PageAsync(
        Case found, Round round, Decision decision, string error, Typed typed, CancellationToken cancellation)
    {
        var (entries, chainProblem) = await timeline.ReadAsync(found.Id, cancellation);
        var preview = round.IsComplete ? await decisionLinks.CreateAsync(found, round, LinkPurpose.Preview, cancellation) : null;
        return new PageResult(new ReviewPage(found.Id, decision, found.From.Value, found.Name,
            await summary.VerifiedAsync(found, cancellation), found.DueOn!.Value, found.DaysLeft(clock.GetUtcNow()),
            found.Rights, await summary.WordsAsync(found, cancellation), summary.Findings(round), round.BundleSha256, round.BundleBytes,
            preview, entries, chainProblem, error, typed.Reviewer, typed.Reasons));
    }

    private sealed record Typed(string Reviewer, string Reasons);
}
