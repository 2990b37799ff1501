using System.Text.Json;

namespace Spectrum.PrivacyFlows.Audit;

/// <summary>A record as JSON lines, for somebody who recomputes it without us: README.md says how.</summary>
internal static class RecordExport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static async Task WriteAsync(RecordChain chain, RecordCounters counters, string owner, Stream output, CancellationToken cancellation)
    {
        await foreach (var row in chain.ReadAsync(owner, cancellation))
            await WriteAsync(output, ForLine(row), cancellation);
        await foreach (var count in counters.ReadAsync(owner, cancellation))
            await WriteAsync(output, new { Case = owner, count.Day, count.Kind, count.Count }, cancellation);
        var head = await chain.HeadAsync(owner, cancellation);
        await WriteAsync(output, new { Case = owner, Lines = head.Count, head.Hash }, cancellation);
    }

    private static object ForLine(RecordRow row) => row.Line is not { } line
        ? new { Case = row.Owner, Unreadable = row.RowKey }
        : new { Case = row.Owner, line.Number, At = RecordHash.Time(line.At), line.Key, line.Text, line.Facts, line.PreviousHash, line.Hash };

    private static async Task WriteAsync(Stream output, object line, CancellationToken cancellation)
    {
        await JsonSerializer.SerializeAsync(output, line, Options, cancellation);
        await output.WriteAsync("\n"u8.ToArray(), cancellation);
    }
}
