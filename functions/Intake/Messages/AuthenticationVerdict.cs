using System.Globalization;
using MimeKit;
using MimeKit.Cryptography;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>
/// What our mail service found of the domain in the From line, and of no other: anybody can have SPF and DKIM pass for a domain of their
/// own. Only the topmost header is believed, and only one in Exchange Online's form: it names no server at its beginning, as everybody
/// else's does, and anybody can write those below it.
/// </summary>
internal static class AuthenticationVerdict
{
    /// <summary>What a verdict begins with; those kept before results were compared with the From line do not.</summary>
    public const string Prefix = "from-domain:";

    private static readonly string[] Results =
    [
        "pass", "fail", "softfail", "softpass", "neutral", "none", "temperror", "permerror", "policy", "bestguesspass",
    ];

    /// <returns>
    /// As in <c>from-domain: spf=pass dkim=pass dmarc=pass compauth=pass reason=100</c>; without results where none is of the sender's
    /// domain; empty where the mail service said nothing.
    /// </returns>
    public static string Of(Header? header, EmailAddress from)
    {
        if (header is null || !AuthenticationResults.TryParse(header.RawValue, out var found)
            || found.AuthenticationServiceIdentifier is not null)
            return "";
        var domain = Domain(from.Value);
        var verdicts = new List<string> { Prefix };
        Add(verdicts, "spf", Best(found, "spf", domain, "smtp", "mailfrom"));
        Add(verdicts, "dkim", Best(found, "dkim", domain, "header", "d"));
        Add(verdicts, "dmarc", Best(found, "dmarc", domain, "header", "from"));
        // Composite authentication is about the From line, which the same header gives with DMARC.
        if (Of(found, "dmarc").Any(result => IsAbout(result, domain, "header", "from"))
            && Of(found, "compauth").FirstOrDefault() is { } composite)
        {
            Add(verdicts, "compauth", Word(composite));
            if (composite.Reason is { Length: 3 } reason && reason.All(char.IsAsciiDigit))
                verdicts.Add($"reason={reason}");
        }
        return string.Join(' ', verdicts);
    }

    private static void Add(List<string> verdicts, string method, string? result)
    {
        if (result is not null)
            verdicts.Add($"{method}={result}");
    }

    // A message may carry several signatures; one of the sender's domain that holds is enough.
    private static string? Best(AuthenticationResults found, string method, string domain, string type, string property)
    {
        var results = Of(found, method).Where(result => IsAbout(result, domain, type, property)).Select(Word).OfType<string>().ToList();
        return results.Contains("pass") ? "pass" : results.FirstOrDefault();
    }

    private static IEnumerable<AuthenticationMethodResult> Of(AuthenticationResults found, string method) =>
        found.Results.Where(result => string.Equals(result.Method, method, StringComparison.OrdinalIgnoreCase));

    private static string? Word(AuthenticationMethodResult result) =>
        Results.FirstOrDefault(word => string.Equals(word, result.Result, StringComparison.OrdinalIgnoreCase));

    // The same domain, not merely one of the same organisation: for that one needs the list of public suffixes, which Exchange has and
    // has used for its dmarc=pass and dmarc=bestguesspass.
    private static bool IsAbout(AuthenticationMethodResult result, string domain, string type, string property)
    {
        var named = result.Properties.Where(p =>
            string.Equals(p.PropertyType, type, StringComparison.OrdinalIgnoreCase)
            && string.Equals(p.Property, property, StringComparison.OrdinalIgnoreCase)).ToList();
        return named.Count > 0 && named.All(p => Domain(p.Value) == domain);
    }

    private static string Domain(string text)
    {
        var domain = text[(text.LastIndexOf('@') + 1)..].Trim().TrimEnd('.');
        try
        {
            return new IdnMapping().GetAscii(domain).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return domain.ToLowerInvariant();
        }
    }
}
