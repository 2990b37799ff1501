using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Links;

namespace Spectrum.PrivacyFlows.Officer.Vouching;

/// <summary>
/// Where the officer says that a reply to our letter confirms the request (I2). The link is made only for a reply that names a letter which
/// went to the person alone.
/// </summary>
public sealed class VouchEndpoint(PageGuard guard, CaseLinks links, AnswerReceiver desk)
{
    [Function("VouchPage")]
    public Task<IActionResult> Vouch(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/vouch/{token}")] HttpRequest request,
        string caseId, string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        guard.ShowAsync(caseId, () => HandleAsync(request, caseId, token, client, cancellation));

    private async Task<IActionResult> HandleAsync(
        HttpRequest request, string caseId, string token, DurableTaskClient client, CancellationToken cancellation)
    {
        var link = await links.CheckAsync(caseId, LinkPurpose.Vouch, token, scope: null, cancellation);
        if (link.State != LinkState.Valid)
            return await desk.RefusedAsync(link, Question.Identity, cancellation);
        var id = link.CaseId!.Value;
        if (!HttpMethods.IsPost(request.Method))
            return new Pages.PageResult(new VouchPage(id));
        var form = await PostedForm.ReadAsync(request, cancellation);
        var reviewer = form.Text("reviewer", 100);
        if (reviewer is "" || !form.Text("confirm").Equals(VouchPage.ConfirmWord, StringComparison.OrdinalIgnoreCase))
            return new Pages.PageResult(new VouchPage(id, VouchPage.Incomplete, reviewer));
        return await desk.TakeAsync(client, link, Question.Identity, new Answer("yes", reviewer, "", link.Id), cancellation)
            ? LinkPages.Thanks("Thank you", "The request counts as confirmed, and the case goes on.")
            : await desk.RefusedAsync(link, Question.Identity, cancellation);
    }
}
