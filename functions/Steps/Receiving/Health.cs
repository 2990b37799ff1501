using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Mailbox;

namespace Spectrum.PrivacyFlows.Steps.Receiving;

/// <summary>Says whether the app does its first duty: 200 once mail is being taken, else 503.</summary>
public sealed class Health(IMailReceiver mail)
{
    [Function(nameof(Health))]
    public async Task<IActionResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health")] HttpRequest request, CancellationToken cancellation)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await mail.IsTakingMailAsync(cancellation)
            ? new OkObjectResult(new HealthStatus("taking mail"))
            : new ObjectResult(new HealthStatus("not taking mail")) { StatusCode = StatusCodes.Status503ServiceUnavailable };
    }
}

public sealed record HealthStatus(string Status);
