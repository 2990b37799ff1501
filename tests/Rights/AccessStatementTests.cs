using Spectrum.PrivacyFlows.Bundles.Packages;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.Rights.Disclosure.Statements;
using Spectrum.PrivacyFlows.Tests.Bundles;

namespace Spectrum.PrivacyFlows.Tests.Rights;

public sealed class AccessStatementTests
{
    private static readonly HeldTable[] Held =
    [
        new(ExampleSystems.Crm, ExampleSystems.Customers, 1),
        new(ExampleSystems.Crm, ExampleSystems.Notes, 2),
        new(ExampleSystems.Print, ExampleSystems.Jobs, 0),
    ];

    [Fact]
    public void R12_The_ten_points_are_there_in_order() => Assert.Equal(
        [
            "purposes", "categories", "recipients", "retention", "other-rights", "complain-to-us", "complain-to-the-commission", "sources",
            "automated-decisions", "transfers",
        ],
        Points(Held).Select(point => point.Id));

    [Theory]
    [InlineData("purposes", "Purpose of customers")]
    [InlineData("purposes", "a contract with you (Article 6(1)(b))")]
    [InlineData("purposes", "legitimate interests")]
    [InlineData("categories", "Category of notes")]
    [InlineData("recipients", "Recipient of customers")]
    [InlineData("retention", "Retention of notes")]
    [InlineData("other-rights", "Erasure")]
    [InlineData("complain-to-us", "dataprivacy@spectrum.tech")]
    [InlineData("complain-to-us", "The View, Bridgehead Business Park, Hull, HU13 0GD")]
    [InlineData("complain-to-us", "section 164A")]
    [InlineData("complain-to-the-commission", "Information Commission (the ICO)")]
    [InlineData("sources", "Source of notes")]
    [InlineData("automated-decisions", "A score below 0.3 means payment in advance.")]
    [InlineData("transfers", "Ireland, under the UK's adequacy regulations.")]
    public void R12_Each_point_says_what_the_data_map_or_the_law_says(string id, string text) =>
        Assert.Contains(text, Words(Held, id), StringComparison.Ordinal);

    [Theory]
    [InlineData("purposes")]
    [InlineData("recipients")]
    [InlineData("retention")]
    [InlineData("sources")]
    public void R12_A_table_without_records_of_the_person_is_not_spoken_of(string id) =>
        Assert.DoesNotContain("jobs", Words(Held, id), StringComparison.Ordinal);

    [Fact]
    public void R12_Holds_also_for_a_person_of_whom_we_have_nothing()
    {
        var points = Points([Held[2]]);
        Assert.Equal(10, points.Count);
        Assert.All(points, point => Assert.True(point.Paragraphs.Count > 0 || point.Items.Count > 0, point.Id));
        Assert.Contains("found no data", Words([Held[2]], "purposes"), StringComparison.Ordinal);
    }

    [Fact]
    public void R12_Data_that_stays_and_decides_nothing_is_said_to()
    {
        HeldTable[] held = [Held[2] with { Records = 4 }];
        Assert.Contains("no decisions about you by machine alone", Words(held, "automated-decisions"), StringComparison.Ordinal);
        Assert.Contains("stays in the United Kingdom", Words(held, "transfers"), StringComparison.Ordinal);
    }

    private static IReadOnlyList<StatementPoint> Points(IReadOnlyList<HeldTable> held) =>
        new AccessContents(new ContactDetails()).StatementFor(held);

    private static string Words(IReadOnlyList<HeldTable> held, string id)
    {
        var point = Points(held).Single(point => point.Id == id);
        return string.Join('\n', [.. point.Paragraphs, .. point.Items.SelectMany(item => item.Texts.Prepend(item.Term))]);
    }
}
