using System.Text.RegularExpressions;

namespace Spectrum.PrivacyFlows.Links;

/// <summary>
/// Takes what opens something out of a text that is kept: tokens of links, by their shape, so that no letter has to say which links it
/// carries, and codes. Who reads a store must not be able to act with what they read.
/// </summary>
internal static partial class SecretMask
{
    /// <summary>What stands in a token's place.</summary>
    public const string Token = "link-masked";

    /// <summary>What stands in a code's place.</summary>
    public const string Code = "code masked";

    /// <param name="codes">The codes that the text holds, where they are known.</param>
    public static string Of(string text, params IReadOnlyCollection<string> codes)
    {
        try
        {
            var masked = TokenShape().Replace(text, match => match.Groups[1].Value + Token);
            masked = QuotedCode().Replace(masked, match => match.Groups[1].Value + Code);
            return codes.Aggregate(masked, (all, code) => all.Replace(code, Code, StringComparison.Ordinal));
        }
        catch (RegexMatchTimeoutException)
        {
            return Token; // In doubt nothing of it is kept; what was sent or received has its hash.
        }
    }

    // Behind its page's name, as in /confirm/, or as programs that rewrite links write it, %2Fconfirm%2F. A token begins with the byte 1
    // (see LinkToken), which is AQ in base64url, and has 78 characters; quoting may wrap it, with "> " before each line.
    [GeneratedRegex(
        @"((?:/|%(?:25){0,3}2[Ff])[a-z-]{3,20}(?:/|%(?:25){0,3}2[Ff]))(?:=?\r?\n[>\x20\t]{0,20})?"
            + @"AQ(?:(?:=?\r?\n[>\x20\t]{0,20})?[A-Za-z0-9_-]){76}",
        RegexOptions.CultureInvariant, 2000)]
    private static partial Regex TokenShape();

    /// <summary>A code in the words of our letter, as a reply quotes it.</summary>
    [GeneratedRegex(@"(Type this code on the page[^0-9]{1,400})[0-9]{6}(?![0-9])", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex QuotedCode();
}
