using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Operations.Watching;

/// <summary>
/// The record of a case for an auditor or the Commission (S3): JSON lines that a third party can recompute. On Azure
/// it asks for the function's key.
/// </summary>
public sealed class EvidenceEndpoint(EvidenceLog record)
{
    [Function("CaseRecordExport")]
    public async Task<IActionResult> Export(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "cases/{caseId}/record")] HttpRequest request, string caseId,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var response = request.HttpContext.Response;
        response.Headers.CacheControl = "no-store";
        if (!CaseId.TryParse(caseId, out var id) || !await record.ExistsAsync(id, cancellation))
            return new NotFoundResult();
        response.ContentType = "application/x-ndjson";
        response.Headers.ContentDisposition = $"attachment; filename={id}.jsonl";
        await record.ExportAsync(id, response.Body, cancellation);
        return new EmptyResult();
    }
}
