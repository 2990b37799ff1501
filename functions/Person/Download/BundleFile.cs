using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Person.Download;

/// <summary>
/// The bundle as an HTTP answer: streamed from storage, in ranges where the client asks, so that a broken download goes on.
/// </summary>
public sealed class BundleFile(CaseStore cases, BundleStore bundles)
{
    /// <exception cref="Azure.RequestFailedException">412: the bundle is not the one that was built for the case.</exception>
    public async Task<IActionResult> ResultAsync(CaseId caseId, CancellationToken cancellation)
    {
        var found = await cases.GetAsync(caseId, cancellation);
        return new FileStreamResult(await bundles.OpenReadAsync(caseId, found.BundleETag, cancellation), "application/zip")
        {
            FileDownloadName = $"{caseId}.zip",
            EnableRangeProcessing = true,
        };
    }
}
