using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Spectrum.PrivacyFlows.Operations.Health;

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
        return new OkObjectResult(new HealthAnswer("live", []));
    }

    [Function("HealthReady")]
    public async Task<IActionResult> Ready(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "health/ready")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        var report = await readiness.CheckAsync(client, cancellation);
        var answer = new HealthAnswer(Word(report.Status), [.. report.Entries.Select(Dependency)]);
        return new ObjectResult(answer)
        {
            StatusCode = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK,
        };
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ready",
        HealthStatus.Degraded => "degraded",
        _ => "not ready",
    };

    private static DependencyAnswer Dependency(KeyValuePair<string, HealthReportEntry> found) =>
        new(found.Key, found.Value.Status == HealthStatus.Healthy ? "up" : "down", found.Value.Description ?? "");
}

/// <param name="Status"><c>live</c>, <c>ready</c>, <c>degraded</c> (only systems of record are down) or <c>not ready</c>.</param>
public sealed record HealthAnswer(string Status, IReadOnlyList<DependencyAnswer> Dependencies);

/// <param name="State"><c>up</c> or <c>down</c>.</param>
/// <param name="Problem">Empty where it is up; holds no secret and nothing of a person.</param>
public sealed record DependencyAnswer(string Name, string State, string Problem);
