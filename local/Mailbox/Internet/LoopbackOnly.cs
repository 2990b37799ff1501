using System.Net;

namespace LocalMailbox.Internet;

/// <summary>
/// Nobody but this machine, and no web page of anybody else that a browser on this machine has open: the address, the host
/// that was asked for, and the page that asks must be local.
/// </summary>
internal sealed class LoopbackOnly(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is { } remote
            && IPAddress.IsLoopback(remote)
            && IsLocal(http.Request.Host.Host)
            && IsOwnPage(http.Request))
        {
            await next(http);
            return;
        }
        http.Response.StatusCode = 403;
        await http.Response.WriteAsync("The local mailbox serves this machine only.", http.RequestAborted);
    }

    private static bool IsOwnPage(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return true;
        var origin = request.Headers.Origin.ToString();
        var isSameOrigin = origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == request.Host.Value);
        return isSameOrigin && request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host is "127.0.0.1" or "[::1]";
}
