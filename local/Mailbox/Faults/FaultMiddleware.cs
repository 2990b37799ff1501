using LocalMailbox.Graph;
using Microsoft.Extensions.Hosting;

namespace LocalMailbox.Faults;

/// <summary>Lets a call fail as Graph's calls fail.</summary>
internal sealed class FaultMiddleware(RequestDelegate next, FaultList faults, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    public async Task InvokeAsync(HttpContext http)
    {
        var isGraph = http.Request.Path.StartsWithSegments("/v1.0") || http.Request.Path.StartsWithSegments("/api");
        var fault = isGraph
            ? faults.Take(
                Fault.OfCalls, $"{http.Request.Method} {http.Request.Path}{Uri.UnescapeDataString(http.Request.QueryString.ToString())}")
            : null;
        if (fault is null)
            await next(http);
        else if (fault.Kind == "lostAnswer")
            await LoseAnswerAsync(http);
        else if (fault.Kind == "timeout")
            await WaitAsync(http);
        else
            throw Failure(fault);
    }

    /// <summary>The work is done, and the caller never hears of it.</summary>
    private async Task LoseAnswerAsync(HttpContext http)
    {
        http.Response.Body = Stream.Null;
        await next(http);
        http.Abort();
    }

    private async Task WaitAsync(HttpContext http)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        await Task.Delay(Timeout, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        http.Abort();
    }

    private static GraphException Failure(Fault fault)
    {
        TimeSpan? wait = fault.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return fault.Kind switch
        {
            "429" => new GraphException(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.")
            {
                RetryAfter = wait ?? TimeSpan.FromSeconds(1),
            },
            "503" => new GraphException(503, "serviceNotAvailable", "The service is temporarily unavailable.") { RetryAfter = wait },
            "504" => new GraphException(504, "UnknownError", "The gateway had no answer in time."),
            "410" => new GraphException(
                410, "syncStateNotFound", "The sync state generation is not found; continuation requires a full synchronisation."),
            _ => new GraphException(500, "ErrorInternalServerError", "An internal server error occurred. The operation failed."),
        };
    }
}
