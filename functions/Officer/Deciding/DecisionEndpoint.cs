using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Links;

namespace Spectrum.PrivacyFlows.Officer.Deciding;

/// <summary>The pages of the officer's links: approve, refuse, hold, collect again. Looking changes nothing.</summary>
public sealed class DecisionEndpoint(DecisionPages pages)
{
    [Function("ApprovePage")]
    public Task<IActionResult> Approve(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/approve/{token}")] HttpRequest request,
        string caseId, string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        pages.HandleAsync(request, client, caseId, LinkPurpose.Approve, ReviewAction.Approve, token, cancellation);

    [Function("RefusePage")]
    public Task<IActionResult> Refuse(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/refuse/{token}")] HttpRequest request,
        string caseId, string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        pages.HandleAsync(request, client, caseId, LinkPurpose.Refuse, ReviewAction.Refuse, token, cancellation);

    [Function("HoldPage")]
    public Task<IActionResult> Hold(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/hold/{token}")] HttpRequest request,
        string caseId, string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        pages.HandleAsync(request, client, caseId, LinkPurpose.Hold, ReviewAction.Hold, token, cancellation);

    [Function("CollectAgainPage")]
    public Task<IActionResult> CollectAgain(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/collect-again/{token}")] HttpRequest request,
        string caseId, string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        pages.HandleAsync(request, client, caseId, LinkPurpose.CollectAgain, ReviewAction.CollectAgain, token, cancellation);
}
