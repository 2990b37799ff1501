using System.Reflection;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Templates;
using Spectrum.PrivacyFlows.Tests.Letters;

namespace Spectrum.PrivacyFlows.Tests.Templates;

/// <summary>What a stranger wrote cannot become a link.</summary>
public sealed partial class UntrustedTests
{
    private const string Links =
        "https://evil.example/a?b=c HTTP://1.2.3.4/x www.evil.example evil.example eve@evil.example mailto:eve@evil.example "
        + "\\\\evil\\share ftp://evil.example ｈｔｔｐｓ：//evil．example evil。example h\u200Bttps://ev\u00ADil.example javascript:alert(1)";

    [Theory]
    [InlineData("https://evil.example/a.b?c=d", "hxxps[:]//evil[.]example/a[.]b?c=d")]
    [InlineData("HTTP://evil.example", "HxxP[:]//evil[.]example")]
    [InlineData("HTTPS://EVIL.EXAMPLE", "HxxPS[:]//EVIL[.]EXAMPLE")]
    [InlineData("http://10.0.0.1/", "hxxp[:]//10.0.0.1/")]
    [InlineData("www.evil.example", "www[.]evil[.]example")]
    [InlineData("www.1.example", "www[.]1[.]example")]
    [InlineData("see evil.example.", "see evil[.]example.")]
    [InlineData("eve@evil.example", "eve[@]evil[.]example")]
    [InlineData("mailto:eve@evil.example", "mailto[:]eve[@]evil[.]example")]
    [InlineData("tel:+441482000000", "tel[:]+441482000000")]
    [InlineData("javascript:alert(1)", "javascript[:]alert(1)")]
    [InlineData("\\\\evil\\share", "[\\\\]evil\\share")]
    [InlineData("file://///evil/share", "file[:]/////evil/share")]
    [InlineData("ｈｔｔｐｓ：//evil．example", "ｈxxｐｓ[:]//evil[.]example")]
    [InlineData("evil。example evil｡example evil․example", "evil[.]example evil[.]example evil[.]example")]
    [InlineData("h\u200Bttps:\u2060//ev\u00ADil.\uFEFFexample", "hxxps[:]//evil[.]example")]
    [InlineData("xn--bcher-kva.example bücher.example", "xn--bcher-kva[.]example bücher[.]example")]
    public void A_link_of_any_kind_is_none(string words, string harmless)
    {
        Assert.Equal(harmless, new Untrusted(words).ToString());
        Assert.Equal(harmless, new Untrusted(harmless).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Please send me my data. It is 3.50 pounds, at 12:30, on 1.2.2026: thanks.")]
    [InlineData("Note: I am @ home \U0001F600")]
    public void Any_other_words_stay(string words) => Assert.Equal(words, new Untrusted(words).ToString());

    [Theory]
    [InlineData("ada.byron+x@people.example", "ada.byron+x@people.example")]
    [InlineData("www.evil.example/x@people.example", "www[.]evil[.]example/x[@]people[.]example")]
    [InlineData("www.evil@people.example", "www[.]evil[@]people[.]example")]
    public void An_address_stays_unless_it_looks_like_a_link(string address, string shown) =>
        Assert.Equal(shown, Untrusted.Address(address));

    [Fact]
    public void In_letters_no_link_of_a_strangers_is_left_and_their_message_comes_after_our_own_links()
    {
        Letter[] letters =
        [
            LetterSamples.Sort() with { Name = Links, Subject = Links, Excerpt = Links },
            LetterSamples.Review() with { Name = Links },
            new WroteAgainLetter(LetterSamples.Case, LetterSamples.From, Links, null),
        ];
        foreach (var letter in letters.Select(LetterSamples.Render))
        {
            var document = new HtmlParser().ParseDocument(letter.Html);
            Assert.All(
                document.QuerySelectorAll("a"), link => Assert.DoesNotContain("evil", link.GetAttribute("href"), StringComparison.Ordinal));
            foreach (var text in new[] { letter.Text, document.Body!.TextContent })
            {
                Assert.DoesNotMatch(Linked(), text);
                Assert.Contains("hxxps[:]//evil[.]example", text, StringComparison.Ordinal);
            }
        }
        var sort = LetterSamples.Render(letters[0]);
        Assert.True(sort.Html.LastIndexOf("</a>", StringComparison.Ordinal) < sort.Html.IndexOf("<blockquote", StringComparison.Ordinal));
        Assert.True(sort.Text.LastIndexOf("https://", StringComparison.Ordinal) < sort.Text.IndexOf("-----", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_field_that_its_record_calls_untrusted_is_of_this_type()
    {
        var records = typeof(Letter).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && (type.IsSubclassOf(typeof(Letter)) || type.IsSubclassOf(typeof(Page))))
            .ToDictionary(type => type.Name);
        var untrusted = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*.cs", SearchOption.AllDirectories))
            if (records.TryGetValue(Path.GetFileNameWithoutExtension(file), out var record))
                untrusted.AddRange(Documented().Matches(File.ReadAllText(file)).Select(match => $"{record.Name}.{match.Groups[1].Value}"));
        // Whoever forgets to call it so is found by its name.
        untrusted.AddRange(
            from record in records.Values
            from field in new[] { "Name", "Subject", "Excerpt", "Body", "DisplayName", "Message" }
            where record.GetProperty(field, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) is not null
            select $"{record.Name}.{field}");
        Assert.Contains("SortLetter.Excerpt", untrusted);
        Assert.All(untrusted, field =>
            Assert.Equal(typeof(Untrusted), records[field.Split('.')[0]].GetProperty(field.Split('.')[1])?.PropertyType));
    }

    [GeneratedRegex("""<param name="(\w+)">[^<]*untrusted""")]
    private static partial Regex Documented();

    /// <summary>What programs make links of, where it is of the stranger.</summary>
    [GeneratedRegex(@"\w:/*evil|https?://(evil|1\.2)|evil\.|www\.|@evil|\\\\evil[^\]]share", RegexOptions.IgnoreCase)]
    private static partial Regex Linked();
}
