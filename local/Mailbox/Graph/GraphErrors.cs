using System.Globalization;
using System.Text.Json.Nodes;

namespace LocalMailbox.Graph;

/// <summary>Gives every answer of Graph's paths its request ids, and every failure Graph's error body.</summary>
internal sealed class GraphErrors(RequestDelegate next, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/v1.0") && !http.Request.Path.StartsWithSegments("/api"))
        {
            await next(http);
            return;
        }
        var requestId = Guid.NewGuid().ToString();
        http.Response.Headers["request-id"] = requestId;
        http.Response.Headers["client-request-id"] = ClientRequestId(http, requestId);
        try
        {
            await next(http);
            if (!http.Response.HasStarted && http.Response is { StatusCode: 404 or 405 or 415, ContentType: null })
                await WriteAsync(http, Unrouted(http.Response.StatusCode));
        }
        catch (GraphException error) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, error);
        }
        catch (BadHttpRequestException error) when (!http.Response.HasStarted)
        {
            await WriteAsync(
                http,
                error.StatusCode == 413
                    ? TooLarge()
                    : GraphException.BadRequest("BadRequest", "Unable to read the request's body or parameters."));
        }
    }

    public static GraphException TooLarge() => new(413, "RequestEntityTooLarge", "The request content is too large.");

    private static GraphException Unrouted(int status) => status switch
    {
        405 => new(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target."),
        415 => new(415, "RequestBodyRead", "A supported MIME type could not be found that matches the content type of the request."),
        _ => new(404, "ResourceNotFound", "Resource not found for the segment."),
    };

    private static string ClientRequestId(HttpContext http, string requestId)
    {
        var given = http.Request.Headers["client-request-id"].ToString();
        return Guid.TryParse(given, out _) ? given : requestId;
    }

    private async Task WriteAsync(HttpContext http, GraphException error)
    {
        http.Response.StatusCode = error.Status;
        if (error.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var inner = new JsonObject
        {
            ["date"] = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            ["request-id"] = http.Response.Headers["request-id"].ToString(),
            ["client-request-id"] = http.Response.Headers["client-request-id"].ToString(),
        };
        var body = new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = error.Code, ["message"] = error.Message, ["innerError"] = inner },
        };
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
