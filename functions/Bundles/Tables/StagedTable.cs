using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Bundles.Tables;

/// <summary>One staged table. Each pass over it ends with a check that what was read is what was collected.</summary>
internal sealed class StagedTable(Staging staging, CaseId caseId, SystemOfRecord system, SystemTable table, CollectedTable collected)
{
    private const int ReadBytes = 64 * 1024;

    public SystemTable Table => table;

    public long Records => collected.CountTaken;

    /// <summary>
    /// Reads the records in their order. The one record object is used again for each: take what you need before the next.
    /// </summary>
    /// <exception cref="BundleIncompleteException">
    /// The staged file is gone, is not what was collected, or holds what the data map does not describe.
    /// </exception>
    public async IAsyncEnumerable<StagedRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var record = new StagedRecord(table);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lines = 0L;
        await using var stream = await OpenAsync(cancellation);
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadBytes, minimumReadSize: ReadBytes / 4));
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var buffer = read.Buffer;
            while (TakeLine(ref buffer, hash, out var line))
            {
                lines++;
                Parse(record, line, lines);
                yield return record;
            }
            if (read.IsCompleted)
            {
                Check(lines, buffer.Length, hash);
                yield break;
            }
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private async Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        try
        {
            return await staging.OpenReadAsync(caseId, system.Key, table.Name, cancellation);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            throw Incomplete("its staged file is gone");
        }
    }

    private static bool TakeLine(ref ReadOnlySequence<byte> buffer, IncrementalHash hash, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is not { } end)
        {
            line = default;
            return false;
        }
        line = buffer.Slice(0, end);
        var after = buffer.GetPosition(1, end);
        foreach (var segment in buffer.Slice(0, after))
            hash.AppendData(segment.Span);
        buffer = buffer.Slice(after);
        return true;
    }

    private void Parse(StagedRecord record, ReadOnlySequence<byte> line, long number)
    {
        try
        {
            record.Parse(line.IsSingleSegment ? line.First : line.ToArray());
        }
        catch (FormatException problem)
        {
            throw Incomplete($"staged line {number} {problem.Message}");
        }
    }

    private void Check(long lines, long unended, IncrementalHash hash)
    {
        if (unended > 0)
            throw Incomplete("its staged file breaks off within a line");
        if (lines != collected.CountTaken)
            throw Incomplete($"{collected.CountTaken} records were collected and {lines} are staged");
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != collected.Sha256)
            throw Incomplete("its staged file changed after it was collected");
    }

    private BundleIncompleteException Incomplete(string problem) => Incompleteness.Of(system, table.Name, problem);
}
