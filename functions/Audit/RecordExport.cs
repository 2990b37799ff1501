using System.Text.Json;

namespace Spectrum.PrivacyFlows.Audit;

/// <summary>A record as JSON lines, for somebody who recomputes it without us: README.md says how.</summary>
internal static class RecordExport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static async Task WriteAsync(RecordChain chain, RecordCounters counters, string owner, Stream output, CancellationToken cancellation)
    {
        var before = await chain.HeadAsync(owner, cancellation);
        RecordLine? last = null;
        await foreach (var row in chain.ReadAsync(owner, cancellation))
        {
            await WriteAsync(output, ForLine(row), cancellation);
            last = row.Line ?? last;
        }
        await foreach (var count in counters.ReadAsync(owner, cancellation))
            await WriteAsync(output, new { Case = owner, count.Day, count.Kind, count.Count }, cancellation);
        var end = End(before, await chain.HeadAsync(owner, cancellation), last);
        await WriteAsync(output, new { Case = owner, Lines = end.Count, end.Hash }, cancellation);
    }

    /// <summary>
    /// Where the exported lines have to end. A record may grow while it is read; then it ends with a line between the head before and the
    /// head after, and that is no fault. Lines that are missing before, or were added behind, still show.
    /// </summary>
    private static RecordHead End(RecordHead before, RecordHead after, RecordLine? last) =>
        last is null || last.Number < before.Count || last.Number >= after.Count ? after
            : last.Number == before.Count ? before : new RecordHead(last.Number, last.Hash);

    private static object ForLine(RecordRow row) => row.Line is not { } line
        ? new { Case = row.Owner, Unreadable = row.RowKey }
        : new { Case = row.Owner, line.Number, At = RecordHash.Time(line.At), line.Key, line.Text, line.Facts, line.PreviousHash, line.Hash };

    private static async Task WriteAsync(Stream output, object line, CancellationToken cancellation)
    {
        await JsonSerializer.SerializeAsync(output, line, Options, cancellation);
        await output.WriteAsync("\n"u8.ToArray(), cancellation);
    }
}
