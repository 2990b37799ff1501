using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Spectrum.PrivacyFlows.Steps.Watching;

/// <summary>
/// <c>health/live</c>: the app answers. <c>health/ready</c>: what it depends on, one by one; which of our systems is down at the moment
/// is nobody else's business, so on Azure it asks for the function's key (on one machine for none).
/// </summary>
public sealed class Health(Readiness readiness)
{
    [Function("HealthLive")]
    public static IActionResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/live")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return new OkObjectResult(new HealthStatus("live", []));
    }

    [Function("HealthReady")]
    public async Task<IActionResult> Ready(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "health/ready")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        var report = await readiness.CheckAsync(client, cancellation);
        var status = new HealthStatus(report.Status, [.. report.Dependencies.Select(one => new DependencyStatus(one.Name, one.IsUp ? "up" : "down", one.Problem))]);
        return new ObjectResult(status) { StatusCode = report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable };
    }
}

/// <param name="Status"><c>live</c>, <c>ready</c>, <c>degraded</c> (only systems of record are down) or <c>not ready</c>.</param>
public sealed record HealthStatus(string Status, IReadOnlyList<DependencyStatus> Dependencies);

/// <param name="State"><c>up</c> or <c>down</c>.</param>
public sealed record DependencyStatus(string Name, string State, string Problem);
