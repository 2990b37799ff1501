using CsvHelper;

namespace Spectrum.PrivacyFlows.Bundles.Tables;

/// <summary>
/// Writes a table as CSV by RFC 4180, in UTF-8 with a byte order mark: without one Excel on Windows reads UTF-8 as something else and
/// spoils every letter outside ASCII, while programs skip it or can read the JSON beside it, which has none.
/// Nothing in it runs as a formula.
/// </summary>
internal static class CsvTable
{
    private static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true };

    /// <param name="fields">Which fields of the table, by their place in it.</param>
    /// <returns>How many records were written.</returns>
    public static async Task<long> WriteAsync(
        Stream destination, StagedTable source, IReadOnlyList<int> fields, CancellationToken cancellation)
    {
        await using var csv = CsvWriter.Create(destination, Options, leaveOpen: true);
        foreach (var field in fields)
            csv.WriteField(source.Table.Fields[field].Name);
        await csv.EndRecordAsync(cancellation);
        var records = 0L;
        await foreach (var record in source.ReadAsync(cancellation))
        {
            foreach (var field in fields)
                WriteField(csv, record, field);
            await csv.EndRecordAsync(cancellation);
            records++;
        }
        return records;
    }

    private static void WriteField(CsvWriter csv, StagedRecord record, int field)
    {
        if (record.IsNumberOrLogical(field))
        {
            csv.WriteField(record.Text(field));
            return;
        }
        var text = SpreadsheetText.Harmless(record.Text(field));
        csv.WriteField(text, SpreadsheetText.WantsQuotes(text) ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
    }
}
