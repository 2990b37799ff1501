using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Bundles.Tables;

/// <summary>
/// Writes a table as a JSON array, one record a line: valid JSON as a whole, and readable line by line. Values are copied byte for byte.
/// </summary>
internal static class JsonTable
{
    private const int FlushBytes = 64 * 1024;

    /// <param name="fields">Which fields of the table, by their place in it.</param>
    /// <param name="seen">Called with each record that was written.</param>
    /// <returns>How many records were written.</returns>
    public static async Task<long> WriteAsync(
        Stream destination, StagedTable source, IReadOnlyList<int> fields, Action<StagedRecord> seen, CancellationToken cancellation)
    {
        var names = fields.Select(field => NameOf(source.Table.Fields[field])).ToArray();
        var output = PipeWriter.Create(destination, new StreamPipeWriterOptions(minimumBufferSize: FlushBytes, leaveOpen: true));
        var records = 0L;
        await foreach (var record in source.ReadAsync(cancellation))
        {
            output.Write(records == 0 ? "[\n"u8 : ",\n"u8);
            WriteRecord(output, record, fields, names);
            seen(record);
            records++;
            if (output.UnflushedBytes >= FlushBytes)
                await output.FlushAsync(cancellation);
        }
        output.Write(records == 0 ? "[]\n"u8 : "\n]\n"u8);
        await output.CompleteAsync();
        return records;
    }

    private static void WriteRecord(PipeWriter output, StagedRecord record, IReadOnlyList<int> fields, byte[][] names)
    {
        var separator = "{"u8;
        for (var i = 0; i < names.Length; i++)
        {
            output.Write(separator);
            output.Write(names[i]);
            output.Write(record.IsNull(fields[i]) ? "null"u8 : record.Json(fields[i]));
            separator = ","u8;
        }
        output.Write("}"u8);
    }

    private static byte[] NameOf(TableField field) => [.. "\""u8, .. JsonEncodedText.Encode(field.Name).EncodedUtf8Bytes, .. "\":"u8];
}
