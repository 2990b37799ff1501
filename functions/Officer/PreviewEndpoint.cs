using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Person.Download;

namespace Spectrum.PrivacyFlows.Officer;

/// <summary>Lets the officer look at the bundle before deciding. The link is on the review page, not in a letter.</summary>
public sealed class PreviewEndpoint(PageGuard guard, CaseLinks links, CurrentRound current, EvidenceLog record, BundleFile file)
{
    [Function("Preview")]
    public Task<IActionResult> Preview(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cases/{caseId}/preview/{token}")] HttpRequest request,
        string caseId, string token, CancellationToken cancellation) =>
        guard.ShowAsync(caseId, () => HandleAsync(request, caseId, token, cancellation));

    private async Task<IActionResult> HandleAsync(HttpRequest request, string caseId, string token, CancellationToken cancellation)
    {
        var link = await links.CheckAsync(caseId, LinkPurpose.Preview, token, await current.ScopeAsync(caseId, cancellation), cancellation);
        if (link.State != LinkState.Valid)
            return LinkPages.Refused(link);
        if (HttpMethods.IsGet(request.Method))
            await record.AppendBoundedAsync(
                link.CaseId!.Value, "previewed", "The bundle was fetched from the review page.", cancellation: cancellation);
        return await file.ResultAsync(link.CaseId!.Value, cancellation);
    }
}
