using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;

namespace Spectrum.PrivacyFlows.Person.Download;

/// <summary>Which part of a file a request asks for (RFC 9110, section 14.2).</summary>
internal static class RequestedRange
{
    /// <summary>
    /// False where the answer will be 416 and hold nothing of the file: a range that begins past its end, or an empty one.
    /// Several ranges, or none that can be understood, get the whole file.
    /// </summary>
    /// <param name="length">Of the file, in bytes.</param>
    public static bool ServesBytes(HttpRequest request, long length)
    {
        if (new RequestHeaders(request.Headers).Range is not { Ranges.Count: 1 } range || range.Unit != "bytes")
            return true;
        var asked = range.Ranges.Single();
        return asked.From is { } from ? from < length : asked.To > 0;
    }
}
