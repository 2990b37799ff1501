using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Rights;

namespace Spectrum.PrivacyFlows.Officer.Deciding;

/// <summary>The pages of the officer's links: approve, refuse, decide later, collect again. Looking changes nothing.</summary>
public sealed class DecisionEndpoint(DecisionPages pages)
{
    [Function("ApprovePage")]
    public Task<IActionResult> Approve(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/approve/{token}")] HttpRequest request,
        string caseId, string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        pages.HandleAsync(request, client, caseId, Decision.Approve, token, cancellation);

    [Function("RefusePage")]
    public Task<IActionResult> Refuse(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/refuse/{token}")] HttpRequest request,
        string caseId, string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        pages.HandleAsync(request, client, caseId, Decision.Refuse, token, cancellation);

    [Function("DecideLaterPage")]
    public Task<IActionResult> DecideLater(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/decide-later/{token}")] HttpRequest request,
        string caseId, string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        pages.HandleAsync(request, client, caseId, Decision.DecideLater, token, cancellation);

    /// <summary>The same at its earlier address, which stands in letters that officers still have.</summary>
    [Function("HoldPage")]
    public Task<IActionResult> DecideLaterAsItWas(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/hold/{token}")] HttpRequest request,
        string caseId, string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        pages.HandleAsync(request, client, caseId, Decision.DecideLater, token, cancellation);

    [Function("CollectAgainPage")]
    public Task<IActionResult> CollectAgain(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/collect-again/{token}")] HttpRequest request,
        string caseId, string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        pages.HandleAsync(request, client, caseId, Decision.CollectAgain, token, cancellation);
}
