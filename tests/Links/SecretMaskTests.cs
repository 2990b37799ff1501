using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Tests.Letters;

namespace Spectrum.PrivacyFlows.Tests.Links;

/// <summary>S2: what is kept of a letter or of a reply to it opens nothing.</summary>
public sealed class SecretMaskTests
{
    private static readonly string Link =
        "https://privacy.example/api/cases/PR-2026-000001/confirm/AQ" + string.Concat(Enumerable.Repeat("b-C_9", 16))[..76];

    private static string Token => Link[(Link.LastIndexOf('/') + 1)..];

    public static TheoryData<string> Ways =>
    [
        $"Open {Link} please",
        $"<a href=\"{Link}\">{Link}</a>",
        $"https://eur01.safelinks.protection.outlook.com/?url={Uri.EscapeDataString(Link)}&data=05",
        $"https://gate.example/?u={Uri.EscapeDataString(Uri.EscapeDataString(Link))}&x=1",
        $"> {Link[..90]}\n> {Link[90..]}",
        $">> {Link.Replace(Token, "", StringComparison.Ordinal)}\r\n>> {Token}",
        $"{Link[..75]}=\r\n{Link[75..]}",
    ];

    [Theory]
    [MemberData(nameof(Ways))]
    public void S2_ALinkInAnyDress_IsMasked(string text)
    {
        var masked = SecretMask.Of(text);
        Assert.Contains(SecretMask.Token, masked, StringComparison.Ordinal);
        var joined = string.Concat(masked.Where(c => c is not ('\n' or '\r' or '>' or ' ' or '=')));
        Assert.DoesNotContain(Token[10..40], joined, StringComparison.Ordinal);
        Assert.DoesNotContain(Token[^20..], masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nothing to hide: https://www.example.org/confirm/your-booking and 123456.")]
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/QEFC")]
    public void WhatIsNoLinkOfOurs_Stays(string text) => Assert.Equal(text, SecretMask.Of(text));

    [Fact]
    public void S1_AQuotedCode_IsMasked()
    {
        var letter = LetterSamples.Render(LetterSamples.All["Delivery/DownloadCode"]).Text;
        var quoted = string.Join('\n', letter.Split('\n').Select(line => "> " + line));
        Assert.Contains("042917", quoted, StringComparison.Ordinal);
        Assert.DoesNotContain("042917", SecretMask.Of(quoted), StringComparison.Ordinal);
    }
}
