using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.Bundles;

public sealed class IndexPageTests(AzuriteFixture azurite)
{
    private readonly BundleCase bundle = new(azurite);

    [Fact]
    public async Task The_page_loads_and_runs_nothing()
    {
        var page = await PageAsync("plain");

        Assert.Empty(page.QuerySelectorAll("script, link, img, iframe, object, embed, form, [onclick], [src], meta[http-equiv=refresh]"));
        Assert.DoesNotContain("url(", page.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_built_for_everybody()
    {
        var page = await PageAsync("plain");

        Assert.Equal("en-GB", page.DocumentElement.GetAttribute("lang"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.All(new[] { "header", "nav", "main", "footer" }, landmark => Assert.Single(page.QuerySelectorAll("body > " + landmark)));
        Assert.All(page.QuerySelectorAll("main table"), table => Assert.NotNull(table.QuerySelector("caption")));
        Assert.All(page.QuerySelectorAll("th"), heading => Assert.Equal("col", heading.GetAttribute("scope")));
        var levels = page.QuerySelectorAll("h1, h2, h3, h4").Select(heading => heading.LocalName[1] - '0').ToList();
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
        Assert.Distinct(page.QuerySelectorAll("[id]").Select(element => element.Id));
        Assert.All(page.QuerySelectorAll("a[href^='#']"), link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..])));
    }

    [Fact]
    public async Task R12_The_ten_points_are_on_the_page_of_an_access_answer()
    {
        var page = await PageAsync("plain");
        Assert.Equal(10, page.QuerySelectorAll(".points > li > h3").Length);
    }

    [Fact]
    public async Task Links_to_the_files_lead_somewhere()
    {
        var page = await PageAsync("plain");
        var files = await bundle.UnpackAsync();
        var links = page.QuerySelectorAll(".files a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains(link, files.Keys));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("</td></table><img src=x onerror=alert(1)>")]
    [InlineData("\"><svg onload=alert(1)>")]
    [InlineData("' autofocus onfocus=alert(1) '")]
    [InlineData("{{7*7}} &lt;b&gt; &amp;")]
    public async Task A_hostile_value_is_shown_and_not_obeyed(string value)
    {
        var page = await PageAsync(value);

        Assert.Empty(page.QuerySelectorAll("script, img, svg, b, [onload], [onfocus], [onerror]"));
        Assert.Equal(value, page.QuerySelector("[data-label=Text] bdi")!.TextContent);
    }

    [Theory]
    [InlineData("a\u202Egpj.exe", "a\uFFFDgpj.exe")]
    [InlineData("a\u2066b\u200Ec", "a\uFFFDb\uFFFDc")]
    [InlineData("a\0b\u0007", "a\uFFFDb\uFFFD")]
    [InlineData("שלום 漢字 👩‍👩‍👧", "שלום 漢字 👩‍👩‍👧")]
    public async Task Characters_that_hide_or_turn_text_are_made_visible(string value, string shown) =>
        Assert.Equal(shown, (await PageAsync(value)).QuerySelector("[data-label=Text] bdi")!.TextContent);

    [Fact]
    public async Task A_long_table_is_shortened_and_points_to_its_file()
    {
        var page = await PageAsync([.. Enumerable.Range(1, 1200).Select(id => $$"""{"id":{{id}},"text":"note {{id}}"}""")]);

        Assert.Equal(50, page.QuerySelectorAll("#system-crm tbody tr").Length);
        Assert.Contains("the first 50 of 1,200 records", page.QuerySelector("#system-crm caption")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wide_value_is_shortened_between_characters()
    {
        var page = await PageAsync(new string('x', 199) + "😀" + new string('y', 10_000));
        var shown = page.QuerySelector("[data-label=Text] bdi")!.TextContent;
        Assert.Equal(new string('x', 199) + "… (shortened; 10,201 characters in the file)", shown);
    }

    private Task<IDocument> PageAsync(string text) => PageAsync([new JsonObject { ["id"] = 1, ["text"] = text }.ToJsonString()]);

    private async Task<IDocument> PageAsync(IReadOnlyList<string> notes)
    {
        await bundle.StageAsync(ExampleSystems.Crm, [], notes);
        await bundle.BuildAsync([ExampleSystems.Crm], Right.Access);
        return new HtmlParser().ParseDocument((await bundle.UnpackAsync()).Text("index.html"));
    }
}
