using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Officer;
using Spectrum.PrivacyFlows.Officer.Deciding;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Rights;

namespace Spectrum.PrivacyFlows.Tests.Pages;

public sealed class PageRulesTests
{
    private const string Script = "\"'></textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>{{Case}}{{{Case}}}&amp;";

    public static TheoryData<string> Names => [.. PageSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_has_one_heading_no_script_and_nothing_from_elsewhere(string name)
    {
        var document = Parse(PageSamples.All[name]);

        Assert.Single(document.QuerySelectorAll("h1"));
        Assert.Empty(document.QuerySelectorAll("script, img, iframe, object, [style], [onclick], link:not([href='data:,'])"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Form_goes_back_to_its_own_address_and_each_field_has_a_label(string name)
    {
        var document = Parse(PageSamples.All[name]);

        Assert.All(document.Forms, form => Assert.Equal(("post", ""), (form.GetAttribute("method"), form.GetAttribute("action"))));
        Assert.All(document.QuerySelectorAll("input:not([type=hidden]), textarea").OfType<IHtmlElement>(), field =>
            Assert.True(
                field.Closest("label") is not null || document.QuerySelector($"label[for='{field.Id}']") is not null, field.OuterHtml));
    }

    [Fact]
    public void I2_confirm_page_chooses_neither_answer_and_shows_nobody()
    {
        var document = Parse(PageSamples.All["Confirm"]);

        Assert.Equal(["yes", "no"], document.QuerySelectorAll("input[name=answer]").Select(input => input.GetAttribute("value")));
        Assert.Empty(document.QuerySelectorAll("[checked]"));
        Assert.DoesNotContain("Ada", document.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Error_is_announced_and_the_form_is_filled_again()
    {
        var document = Parse(PageSamples.All["Refuse"]);

        Assert.Contains("Type the word refuse to confirm.", document.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Error: ", document.Title, StringComparison.Ordinal);
        Assert.Equal("Grace Hopper", ((IHtmlInputElement)document.QuerySelector("#reviewer")!).Value);
        Assert.Equal("First line.\nSecond line.", ((IHtmlTextAreaElement)document.QuerySelector("#reasons")!).Value);
    }

    [Fact]
    public void Script_in_every_field_stays_text()
    {
        IReadOnlyList<Page> pages =
        [
            PageSamples.Review(Decision.Refuse) with
            {
                From = Script,
                Name = Script,
                Verified = Script,
                Systems = [new SystemFinding(Script, 1, Script, Script, Script)],
                BundleSha256 = Script,
                Timeline = [new TimelineEntry(DateTimeOffset.UnixEpoch, Script, Script)],
                ChainProblem = Script,
                Error = Script,
                Reviewer = Script,
                Reasons = Script,
            },
            PageSamples.Sort() with
            {
                From = Script,
                Name = Script,
                Subject = Script,
                Words = new RequestWords(Script + "\n" + Script, Script),
                Error = Script,
                Answer = Script,
                Reviewer = Script,
                Note = Script,
            },
            new MessagePage(500, Script, [Script], new Uri("https://spectrum.example/?a=%22%3E&b=\"><script>"), Script),
        ];

        Assert.All(pages, page =>
        {
            var document = Parse(page);
            Assert.Empty(document.QuerySelectorAll("script, img, [onerror]"));
            Assert.Contains("<script>alert(1)</script>", document.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains("{{Case}}{{{Case}}}&amp;", document.Body.TextContent, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Status_follows_the_error_unless_it_is_set()
    {
        Assert.Equal(200, PageSamples.All["DownloadAsk"].StatusCode);
        Assert.Equal(400, (PageSamples.Review(Decision.DecideLater) with { Error = "No." }).StatusCode);
        Assert.Equal(429, (PageSamples.All["DownloadEnter"] with { StatusCode = 429 }).StatusCode);
    }

    [Fact]
    public void Record_that_does_not_hold_is_not_called_verified()
    {
        Assert.Contains("Record verified", PageSamples.Render(PageSamples.All["Approve"]), StringComparison.Ordinal);
        var broken = PageSamples.Render(PageSamples.All["DecideLater"]);
        Assert.DoesNotContain("Record verified", broken, StringComparison.Ordinal);
        Assert.Contains("Line 3 was changed after it was written.", broken, StringComparison.Ordinal);
    }

    private static IHtmlDocument Parse(Page page) => new HtmlParser().ParseDocument(PageSamples.Render(page));
}
