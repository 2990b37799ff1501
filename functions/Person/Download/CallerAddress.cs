using System.Net;
using Microsoft.AspNetCore.Http;

namespace Spectrum.PrivacyFlows.Person.Download;

/// <summary>From where a request came. Personal data: used at once, and kept as a keyed digest only.</summary>
internal static class CallerAddress
{
    /// <summary>
    /// What Azure's front end appended to X-Forwarded-For, which is its last entry: those before it are whatever the caller sent.
    /// Without a front end, the connection's own address. An IPv6 caller is its /64, as a household or a host has all of one.
    /// </summary>
    public static string Of(HttpRequest request)
    {
        var last = request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        var address = IPEndPoint.TryParse(last, out var found) ? found.Address : request.HttpContext.Connection.RemoteIpAddress;
        if (address is null)
            return "";
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, bytes.Length == 16 ? 8 : bytes.Length));
    }
}
