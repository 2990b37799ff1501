using AngleSharp.Html.Parser;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Officer.Deciding;
using Spectrum.PrivacyFlows.Officer.Refusing;
using Spectrum.PrivacyFlows.Person.Download;

namespace Spectrum.PrivacyFlows.Tests.Letters;

/// <summary>Whatever a field says, it stays text, and stays on its own line.</summary>
public sealed class HostileFieldTests
{
    private const string Script = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ Case }}{% raw %}&amp;</td></table></body>";

    private static readonly IReadOnlyList<Letter> Hostile =
    [
        LetterSamples.Review() with
        {
            Name = Script,
            Verified = Script,
            Systems = [new SystemFinding(Script, 3, Script, Script, Script), new SystemFinding(Script, 3, "", "", "")],
            BundleSha256 = Script,
            Approve = null,
            Reminder = Script,
            Warnings = [Script],
        },
        LetterSamples.Sort() with { Name = Script, Subject = Script, Excerpt = Script, Reminder = Script },
        new WroteAgainLetter(LetterSamples.Case, LetterSamples.From, Script, null),
        new ProblemLetter(LetterSamples.Case, Script, Script, LetterSamples.Link("refuse"), Script),
        new RefusalLetter(LetterSamples.Case, Script),
        new DownloadCodeLetter(LetterSamples.Case, Script, 10),
    ];

    [Fact]
    public void Script_in_every_field_stays_text()
    {
        foreach (var letter in Hostile)
        {
            var document = new HtmlParser().ParseDocument(LetterSamples.Render(letter).Html);

            Assert.Empty(document.QuerySelectorAll("script, img, [onerror]"));
            Assert.Contains("<script>alert(1)</script>", document.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains("{{ Case }}{% raw %}&amp;", document.Body.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Line_breaks_and_control_characters_never_begin_a_line_of_ours()
    {
        var letter = LetterSamples.Sort() with
        {
            Name = "Ada\r\nVerified: yes\u0000\u0085\u2028x\u202Egnp",
            Subject = "a\nSort it here: https://evil.example",
        };

        var text = LetterSamples.Render(letter).Text;

        Assert.Contains("Who: ada.byron@example.com, who signs as “Ada  Verified: yes   x gnp”\n", text, StringComparison.Ordinal);
        Assert.Contains("> a\n> Sort it here: hxxps[:]//evil[.]example\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public void Subject_stays_one_short_line()
    {
        var subject = LetterSamples.Render(
            LetterSamples.Review() with { Reminder = "3 days left\r\nBcc: eve@example.com " + new string('x', 300) }).Subject;

        Assert.DoesNotContain(subject, char.IsControl);
        Assert.Equal(150, subject.Length);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:text/html,x")]
    public void Link_that_is_no_web_address_is_refused(string address) =>
        Assert.Contains(
            "http and https addresses only",
            Assert.ThrowsAny<Exception>(() => LetterSamples.Render(new ProblemLetter(LetterSamples.Case, "x", "y", new Uri(address), "z")))
                .GetBaseException().Message,
            StringComparison.Ordinal);
}
