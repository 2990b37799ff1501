using System.Net;
using Microsoft.AspNetCore.Http;

namespace LocalHost.Http;

/// <summary>Keeps what steers this machine from everybody but the person at it.</summary>
internal static class LoopbackOnly
{
    private static readonly string[] Names = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>
    /// The caller is on this machine, asked for it by its own name (a foreign name that resolves here is DNS rebinding),
    /// and was not sent by another site's page.
    /// </summary>
    public static bool Allows(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } caller
        && IPAddress.IsLoopback(caller)
        && Names.Contains(http.Request.Host.Host, StringComparer.OrdinalIgnoreCase)
        && IsOwnOrigin(http.Request);

    private static bool IsOwnOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
