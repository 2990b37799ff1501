using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Bundles.Packages;

/// <summary>
/// What one right puts into a bundle: one Data Package, and what its page says. Each right that is answered with data has one.
/// </summary>
public interface IPackageContents
{
    Right Right { get; }

    /// <summary>The package's title, as in <c>Your personal data</c>.</summary>
    string Title { get; }

    /// <summary>What the package is, in a sentence or two of plain words.</summary>
    string Explanation { get; }

    /// <summary>The answer in a sentence.</summary>
    /// <param name="records">As in <c>1,200 records in 3 systems</c>; empty where there are none.</param>
    string Answer(string records);

    /// <summary>The fields of a table that go in, in the data map's order; none where the table stays out.</summary>
    IReadOnlyList<TableField> FieldsOf(SystemTable table);

    /// <summary>What the law wants said with the data, point by point.</summary>
    IReadOnlyList<StatementPoint> StatementFor(IReadOnlyList<HeldTable> tables);
}

/// <summary>A table of the data map, and how many records of the person it holds.</summary>
public sealed record HeldTable(SystemOfRecord System, SystemTable Table, long Records);

/// <summary>One point of a statement. Everything in it is plain text.</summary>
/// <param name="Id">Names the point within the page: lowercase letters and hyphens.</param>
/// <param name="Paragraphs">What holds for everything.</param>
/// <param name="Items">What differs from table to table, or is best read as a list.</param>
public sealed record StatementPoint(string Id, string Title, IReadOnlyList<string> Paragraphs, IReadOnlyList<StatementItem> Items);

/// <param name="Term">What it is about; empty where the text stands alone.</param>
public sealed record StatementItem(string Term, IReadOnlyList<string> Texts);
