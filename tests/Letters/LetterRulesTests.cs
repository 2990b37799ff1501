using AngleSharp.Html.Parser;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Officer.Refusing;

namespace Spectrum.PrivacyFlows.Tests.Letters;

public sealed class LetterRulesTests
{
    public static TheoryData<string> Names => [.. LetterSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Subject_starts_with_the_case_number_or_the_mailbox_and_names_nobody(string name)
    {
        var letter = LetterSamples.All[name];
        var subject = LetterSamples.Render(letter).Subject;

        var opening = letter.Case == CaseId.OfTheSystem ? "[Privacy mailbox] " : "[PR-2026-000001] ";
        Assert.StartsWith(opening, subject, StringComparison.Ordinal);
        Assert.InRange(subject.Length, 20, 150);
        Assert.DoesNotContain("@", subject, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", subject, StringComparison.Ordinal);
        Assert.DoesNotContain("042917", subject, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_has_every_link_that_the_html_has(string name)
    {
        var letter = LetterSamples.Render(LetterSamples.All[name]);
        var links = new HtmlParser().ParseDocument(letter.Html).Links
            .Select(link => link.GetAttribute("href")!)
            .Where(href => href.StartsWith("https://privacy", StringComparison.Ordinal))
            .Distinct()
            .ToList();

        Assert.All(links, link => Assert.Contains(link, letter.Text, StringComparison.Ordinal));
        Assert.Equal(links.Count, letter.Text.Split("https://privacy").Length - 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_link_is_also_printed_for_who_cannot_click(string name)
    {
        var document = new HtmlParser().ParseDocument(LetterSamples.Render(LetterSamples.All[name]).Html);
        var printed = document.Body!.TextContent;

        Assert.All(
            document.Links.Select(link => link.GetAttribute("href")!)
                .Where(href => href.StartsWith("https://privacy", StringComparison.Ordinal)),
            href => Assert.Contains(href, printed, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Html_loads_and_runs_nothing(string name)
    {
        var document = new HtmlParser().ParseDocument(LetterSamples.Render(LetterSamples.All[name]).Html);

        Assert.Empty(document.QuerySelectorAll("script, img, link, iframe, object, form, input, [onclick], [background]"));
        Assert.DoesNotContain("url(", document.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Person/Refusal")]
    [InlineData("Person/UnconfirmedClosed")]
    [InlineData("Delivery/Delivery")]
    public void R1_letter_says_how_to_complain_to_us_and_the_Commission_and_to_go_to_court(string name)
    {
        var letter = LetterSamples.Render(LetterSamples.All[name]);

        foreach (var part in new[] { letter.Text, new HtmlParser().ParseDocument(letter.Html).Body!.TextContent })
        {
            Assert.Contains("Complain to us", part, StringComparison.Ordinal);
            Assert.Contains("dataprivacy@spectrum.tech", part, StringComparison.Ordinal);
            Assert.Contains("Information Commission (the ICO)", part, StringComparison.Ordinal);
            Assert.Contains("ico.org.uk", part, StringComparison.Ordinal);
            Assert.Contains("0303 123 1113", part, StringComparison.Ordinal);
            Assert.Contains("Go to court", part, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Refusal_gives_every_paragraph_of_the_reasons()
    {
        var letter = LetterSamples.Render(new RefusalLetter(LetterSamples.Case, "First.\nSecond.\r\n\r\n  Third.  "));

        Assert.Contains("First.\n\nSecond.\n\nThird.\n", letter.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["First.", "Second.", "Third."],
            new HtmlParser().ParseDocument(letter.Html).QuerySelectorAll("p")
                .Select(p => p.TextContent)
                .Where(text => text.EndsWith('.') && text.Length < 10));
    }

    [Fact]
    public void Review_without_a_whole_bundle_names_the_system_and_offers_no_approval()
    {
        var letter = LetterSamples.Render(LetterSamples.All["Officer/ReviewFailed"]);

        Assert.DoesNotContain("/approve/", letter.Html + letter.Text, StringComparison.Ordinal);
        foreach (var part in new[] { letter.Html, letter.Text })
        {
            Assert.Contains("Print jobs failed.", part, StringComparison.Ordinal);
            Assert.Contains("Check that the account is up, then collect again.", part, StringComparison.Ordinal);
            Assert.Contains("Managed print team, print@spectrum.example", part, StringComparison.Ordinal);
            Assert.Contains(
                "There is no Approve link yet, because an answer without Print jobs would not be whole.", part, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Reminder_and_escalation_lead_the_subject()
    {
        Assert.Equal(
            "[PR-2026-000001] 3 days left: please decide by Tuesday 29 December 2026",
            LetterSamples.Render(LetterSamples.Review() with { Reminder = "3 days left" }).Subject);
        Assert.Equal(
            "[PR-2026-000001] Escalated, due today: please decide by Tuesday 29 December 2026",
            LetterSamples.Render(LetterSamples.All["Officer/ReviewEscalated"]).Subject);
    }

    [Fact]
    public void Officer_letter_does_not_tell_the_officer_to_write_to_the_officer() =>
        Assert.All(
            LetterSamples.All.Values.OfType<OfficerLetter>(),
            letter => Assert.DoesNotContain("Questions? Reply to this email", LetterSamples.Render(letter).Text, StringComparison.Ordinal));
}
