using Spectrum.PrivacyFlows.Bundles.Tables;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Bundles.Pages;

/// <summary>The first records of a table, as the page shows them; it holds no more, however long the table and its values.</summary>
internal sealed class TablePreview(IReadOnlyList<TableField> fields, IReadOnlyList<int> places)
{
    public const int MostRows = 50;
    private const int MostCharacters = 200;

    private readonly List<IReadOnlyList<string>> rows = [];

    /// <summary>A text for each field; empty where there is no value.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => rows;

    public void Add(StagedRecord record)
    {
        if (rows.Count < MostRows)
            rows.Add(
                [.. fields.Select((field, i) => Paragraphs.Shorten(Paragraphs.Of(record.Text(places[i]), field.Type), MostCharacters))]);
    }
}
