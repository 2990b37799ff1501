using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Messages;

namespace Spectrum.PrivacyFlows.Officer.Deciding;

/// <summary>What the receiving mail service vouched for, as the officer reads it.</summary>
internal static class SenderWords
{
    /// <returns>To follow a semicolon; the results themselves are in brackets.</returns>
    public static string For(Case found) => found.Channel switch
    {
        RequestChannel.Colleague => "a colleague forwarded the request, and an officer gave the person’s address",
        RequestChannel.WebForm => "a form sent the request, and an officer gave the person’s address",
        _ => For(found.Authentication),
    };

    /// <param name="authentication">As <see cref="Case.Authentication"/>.</param>
    /// <inheritdoc cref="For(Case)" path="/returns"/>
    public static string For(string authentication)
    {
        if (authentication is "")
            return "our mail service said nothing of the sender’s domain, so nobody vouched for it";
        if (!authentication.StartsWith(AuthenticationVerdict.Prefix, StringComparison.Ordinal))
            return $"the mail came with {authentication}, which may be of another domain than the sender’s";
        string[] results = authentication[AuthenticationVerdict.Prefix.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var words = Verdict(results);
        return results.Length == 0 ? words : $"{words} ({string.Join(' ', results)})";
    }

    // Composite authentication is Microsoft's sum of all the others, so it goes first.
    private static string Verdict(string[] results)
    {
        if (results.Contains("compauth=fail") || (results.Contains("dmarc=fail") && !results.Contains("compauth=pass")))
            return "TAKE CARE: our mail service found that the mail may not come from the sender’s domain";
        if (results.Any(result => result is "compauth=pass" or "dmarc=pass" or "dmarc=bestguesspass" or "dkim=pass" or "spf=pass"))
            return "our mail service vouched for the sender’s domain";
        return results.Contains("compauth=softpass")
            ? "our mail service holds the sender’s domain for likely, but could not prove it"
            : "nobody vouched for the sender’s domain";
    }
}
