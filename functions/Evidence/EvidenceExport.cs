using System.Text.Json;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Evidence;

/// <summary>A record as JSON lines, for somebody who recomputes it without us: README.md says how.</summary>
internal static class EvidenceExport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static async Task WriteAsync(
        EvidenceChain chain, EvidenceCounters counters, string owner, Stream output, CancellationToken cancellation)
    {
        var before = await chain.HeadAsync(owner, cancellation);
        EvidenceLine? last = null;
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
    private static EvidenceHead End(EvidenceHead before, EvidenceHead after, EvidenceLine? last) =>
        last is null || last.Number < before.Count || last.Number >= after.Count ? after
            : last.Number == before.Count ? before : new EvidenceHead(last.Number, last.Hash);

    private static object ForLine(EvidenceRow row) => row.Line is not { } line
        ? new { Case = row.Owner, Unreadable = row.RowKey }
        : new
        {
            Case = row.Owner,
            line.Number,
            At = EvidenceHash.Time(line.At),
            line.Key,
            line.Text,
            line.Facts,
            line.PreviousHash,
            line.Hash,
        };

    private static async Task WriteAsync(Stream output, object line, CancellationToken cancellation)
    {
        await JsonSerializer.SerializeAsync(output, line, Options, cancellation);
        await output.WriteAsync("\n"u8.ToArray(), cancellation);
    }
}
