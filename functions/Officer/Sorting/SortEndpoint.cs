using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Pages;

namespace Spectrum.PrivacyFlows.Officer.Sorting;

/// <summary>Where the officer says what a request is that no rule understood.</summary>
public sealed class SortEndpoint(
    PageGuard guard, CaseLinks links, CaseStore cases, RequestText texts, Timeline timeline, AnswerReceiver desk, TimeProvider clock)
{
    [Function("SortPage")]
    public Task<IActionResult> Sort(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/sort/{token}")] HttpRequest request,
        string caseId, string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        guard.ShowAsync(caseId, () => HandleAsync(request, caseId, token, client, cancellation));

    private async Task<IActionResult> HandleAsync(
        HttpRequest request, string caseId, string token, DurableTaskClient client, CancellationToken cancellation)
    {
        var link = await links.CheckAsync(caseId, LinkPurpose.Sort, token, scope: null, cancellation);
        if (link.State != LinkState.Valid)
            return LinkPages.Refused(link);
        var found = await cases.GetAsync(link.CaseId!.Value, cancellation);
        if (!HttpMethods.IsPost(request.Method))
            return await PageAsync(found, "", cancellation);

        var form = await PostedForm.ReadAsync(request, cancellation);
        var answer = new Answer(form.Text("answer"), form.Text("reviewer", 100), form.Text("note", 4000), link.Id);
        if (Problem(answer) is { } problem)
            return await PageAsync(found, problem, cancellation);
        return await desk.TakeAsync(client, link, Question.Sorting, answer, cancellation)
            ? LinkPages.Thanks("Thank you", "Your answer is in the case’s record, and the case goes on from here.")
            : LinkPages.AlreadyAnswered();
    }

    private static string? Problem(Answer answer)
    {
        if (!SortChoice.All.Contains(answer.Choice))
            return "Please choose what the request is.";
        if (answer.By is "")
            return "Please type your name: it goes into the record.";
        return answer.Text is "" && answer.Choice is SortChoice.Answered or SortChoice.None
            ? "Please say in a note what you did or why it is no request."
            : null;
    }

    private async Task<PageResult> PageAsync(Case found, string error, CancellationToken cancellation)
    {
        var (entries, problem) = await timeline.ReadAsync(found.Id, cancellation);
        var words = await texts.WordsAsync(found, cancellation);
        return new PageResult(new SortPage(
            found.Id, found.From.Value, found.Name, found.Subject, words, found.DueOn!.Value, found.DaysLeft(clock.GetUtcNow()), entries,
            problem, error));
    }
}
