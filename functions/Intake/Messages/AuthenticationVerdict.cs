using MimeKit;
using MimeKit.Cryptography;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>
/// What our mail service found when it checked the sender's domain. Only the topmost header is believed: anybody can write those below it.
/// </summary>
internal static class AuthenticationVerdict
{
    private static readonly string[] Methods = ["spf", "dkim", "dmarc"];
    private static readonly string[] Results =
    [
        "pass", "fail", "softfail", "neutral", "none", "temperror", "permerror", "policy", "bestguesspass",
    ];

    /// <returns>As in <c>spf=pass dkim=pass dmarc=pass</c>; empty where the header says nothing of them.</returns>
    public static string Of(Header header)
    {
        if (!AuthenticationResults.TryParse(header.RawValue, out var found))
            return "";
        var verdicts = Methods.Select(method => (method, result: Best(found, method))).Where(verdict => verdict.result is not null);
        return string.Join(' ', verdicts.Select(verdict => $"{verdict.method}={verdict.result}"));
    }

    // A message may carry several signatures; one that holds is enough.
    private static string? Best(AuthenticationResults found, string method)
    {
        var results = found.Results
            .Where(result => string.Equals(result.Method, method, StringComparison.OrdinalIgnoreCase))
            .Select(result => result.Result.ToLowerInvariant())
            .Where(Results.Contains)
            .ToList();
        return results.Contains("pass") ? "pass" : results.FirstOrDefault();
    }
}
