using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Pages;

namespace Spectrum.PrivacyFlows.Person.Identity;

/// <summary>The page of the acknowledgement's link. Looking changes nothing; only a posted yes or no does.</summary>
public sealed class ConfirmEndpoint(PageGuard guard, CaseLinks links, CaseStore cases, AnswerReceiver desk)
{
    [Function("ConfirmPage")]
    public Task<IActionResult> Confirm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/confirm/{token}")] HttpRequest request,
        string caseId, string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        guard.ShowAsync(caseId, () => HandleAsync(request, caseId, token, client, cancellation));

    private async Task<IActionResult> HandleAsync(
        HttpRequest request, string caseId, string token, DurableTaskClient client, CancellationToken cancellation)
    {
        var link = await links.CheckAsync(caseId, LinkPurpose.Confirm, token, scope: null, cancellation);
        if (link.State != LinkState.Valid)
            return await desk.RefusedAsync(link, Question.Identity, cancellation);
        var found = await cases.GetAsync(link.CaseId!.Value, cancellation);
        if (!HttpMethods.IsPost(request.Method))
            return Page(found, "");

        var choice = (await PostedForm.ReadAsync(request, cancellation)).Text("answer");
        if (choice is not ("yes" or "no"))
            return Page(found, "Please choose Yes or No.");
        if (!await desk.TakeAsync(client, link, Question.Identity, new Answer(choice, "", "", link.Id), cancellation))
            return await desk.RefusedAsync(link, Question.Identity, cancellation);
        return choice == "yes"
            ? LinkPages.Thanks(
                "Thank you",
                "We now know that the request is yours, and we have started to gather your data.",
                $"You will hear from us by {found.DueOn:d MMMM yyyy} at the latest. You can close this page.")
            : LinkPages.Thanks(
                "Thank you for telling us",
                "We have stopped. Nobody will get your data because of this request.",
                "Our privacy officer has been told. You need do nothing more.");
    }

    private static PageResult Page(Case found, string error) =>
        new(new ConfirmPage(found.Id, DeadlineCalculator.LondonDate(found.ReceivedAt), found.Rights, error));
}
