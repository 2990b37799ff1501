using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Person.Delivery;

namespace Spectrum.PrivacyFlows.Person.Download;

/// <summary>The file, behind a link that lives an hour and is given out for the right code only.</summary>
public sealed class FileEndpoint(
    PageGuard guard, CaseLinks links, Downloads downloads, EvidenceLog record, BundleFile file, DeliverySettings settings)
{
    [Function("BundleFile")]
    public Task<IActionResult> Download(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cases/{caseId}/file/{token}")] HttpRequest request,
        string caseId, string token, CancellationToken cancellation) =>
        guard.ShowAsync(caseId, () => HandleAsync(request, caseId, token, cancellation));

    private async Task<IActionResult> HandleAsync(HttpRequest request, string caseId, string token, CancellationToken cancellation)
    {
        var link = await links.CheckAsync(caseId, LinkPurpose.File, token, scope: null, cancellation);
        if (link.State != LinkState.Valid)
            return LinkPages.Refused(link);
        var id = link.CaseId!.Value;
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsGet(request.Method) && StartsAtTheBeginning(request))
        {
            if (!await downloads.TryStartAsync(id, settings.MaxDownloads, cancellation))
                return LinkPages.TooManyDownloads(settings.MaxDownloads);
            await record.AppendBoundedAsync(id, "downloaded", $"A download of the bundle began; at most {settings.MaxDownloads} may.",
                new Dictionary<string, string> { ["link"] = link.Id }, cancellation: cancellation);
        }
        return await file.ResultAsync(id, cancellation);
    }

    /// <summary>A download counts when it starts; a range that begins further on resumes one.</summary>
    private static bool StartsAtTheBeginning(HttpRequest request) =>
        new RequestHeaders(request.Headers).Range is not { Ranges.Count: 1 } range || range.Ranges.Single().From is null or 0;
}
