using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Person.Delivery;

namespace Spectrum.PrivacyFlows.Person.Download;

/// <summary>
/// The file, behind a link that lives an hour and is given out for the right code only. The link is one download: its first byte, of any
/// range, counts it, and going on with it is free until its hour is over.
/// </summary>
public sealed class FileEndpoint(
    PageGuard guard, CaseLinks links, Downloads downloads, BundleStore bundles, EvidenceLog record, BundleFile file,
    DeliverySettings settings)
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
        if (await bundles.FindAsync(id, cancellation) is not { } bundle)
            return LinkPages.Refused(link);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsGet(request.Method) && RequestedRange.ServesBytes(request, bundle.Bytes))
        {
            if (!await downloads.TryStartAsync(id, link.Id, settings.MaxDownloads, cancellation))
                return LinkPages.TooManyDownloads(settings.MaxDownloads);
            // Before the first byte, and again where a crash came between: a line is written once.
            await record.AppendAsync(
                id, $"downloaded/{link.Id}", $"A download of the bundle began; at most {settings.MaxDownloads} may.",
                new Dictionary<string, string> { ["link"] = link.Id }, cancellation);
        }
        return await file.ResultAsync(id, cancellation);
    }
}
