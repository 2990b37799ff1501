using System.Text.Json;
using LocalMachine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace LocalHost.Http;

/// <summary>
/// <c>GET /local/clock</c> tells the time here; <c>POST /local/clock {"advance":"P8D"}</c> moves it and answers
/// when all that became due is done.
/// </summary>
internal sealed class ClockEndpoint(LocalClock clock, IHostApplicationLifetime lifetime)
{
    private const int LargestBody = 4096;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/local/clock", TellAsync).DisableRateLimiting();
        endpoints.MapPost("/local/clock", MoveAsync).DisableRateLimiting();
    }

    private async Task TellAsync(HttpContext http) => await (Refusal(http) ?? Now(clock.GetUtcNow())).ExecuteAsync(http);

    private async Task MoveAsync(HttpContext http) => await (Refusal(http) ?? await AdvanceAsync(http.Request)).ExecuteAsync(http);

    private static IResult? Refusal(HttpContext http) =>
        LoopbackOnly.Allows(http) ? null : Error("This address is for this machine only.", StatusCodes.Status403Forbidden);

    private async Task<IResult> AdvanceAsync(HttpRequest request)
    {
        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LargestBody;
        if (await ReadDurationAsync(request) is not { } text)
            return Error("""Send {"advance":"P8D"}, an ISO 8601 duration.""", StatusCodes.Status400BadRequest);
        if (!IsoDuration.TryParse(text, out var by, out var reason))
            return Error(reason, StatusCodes.Status400BadRequest);
        // Half an advance helps nobody: it goes on where the caller loses patience.
        return Now(await clock.AdvanceAsync(by, lifetime.ApplicationStopping));
    }

    private static async Task<string?> ReadDurationAsync(HttpRequest request)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(
                request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return body.ValueKind == JsonValueKind.Object
                && body.TryGetProperty("advance", out var advance)
                && advance.ValueKind == JsonValueKind.String
                ? advance.GetString()
                : null;
        }
        catch (Exception fault) when (fault is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static IResult Now(DateTimeOffset now) => Results.Json(new { now });

    private static IResult Error(string message, int status) => Results.Json(new { error = message }, statusCode: status);
}
