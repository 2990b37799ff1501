using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Person.Download;

/// <summary>
/// The bundle as an HTTP answer: streamed from storage, in ranges where the client asks, so that a broken download goes on.
/// </summary>
public sealed class BundleFile(BundleStore bundles)
{
    public async Task<IActionResult> ResultAsync(CaseId caseId, CancellationToken cancellation) =>
        new FileStreamResult(await bundles.OpenReadAsync(caseId, cancellation), "application/zip")
        {
            FileDownloadName = $"{caseId}.zip",
            EnableRangeProcessing = true,
        };
}
