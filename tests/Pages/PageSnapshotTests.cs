using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Tests.Templates;

namespace Spectrum.PrivacyFlows.Tests.Pages;

public sealed class PageSnapshotTests
{
    public static TheoryData<string> Names => [.. PageSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_reads_as_committed(string name)
    {
        var styles = File.ReadAllText(Path.Combine(Repository.Root, "functions/Pages/site.css")).ReplaceLineEndings("\n");
        var html = PageSamples.Render(PageSamples.All[name]);

        // The styles are the same in each page and reviewed in their own file.
        Assert.Contains($"<style>{styles}</style>", html, StringComparison.Ordinal);
        Snapshot.Matches($"Pages/{Folder(PageSamples.All[name])}/{name}.snapshot.html", html.Replace(styles, "", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_kind_of_page_has_a_sample() =>
        Assert.Equal(
            typeof(Page).Assembly.GetTypes()
                .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Page)))
                .Select(type => type.Name)
                .Order(),
            PageSamples.All.Values.Select(page => page.GetType().Name).Distinct().Order());

    private static string Folder(Page page) => page is MessagePage ? "Message" : page.GetType().Namespace!.Split('.')[^1];
}
