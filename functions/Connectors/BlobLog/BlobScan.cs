using System.Buffers;
using System.Text;
using System.Threading.Channels;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Spectrum.PrivacyFlows.Connectors.Lines;

namespace Spectrum.PrivacyFlows.Connectors.BlobLog;

/// <summary>The scan of one blob, which runs a little ahead of whoever takes its records.</summary>
internal sealed class BlobScan
{
    private const string Advice = "Set “encoding” in the data map to what the log is written in, or repair the blob.";

    // Times 256 KB: what a scan may be ahead.
    private const int Ahead = 4;

    private readonly Channel<ArraySegment<byte>> chunks = Channel.CreateBounded<ArraySegment<byte>>(Ahead);
    private readonly LogQuery query;
    private readonly BlobItem blob;
    private readonly long number;
    private readonly Task completion;

    // Once the scan is complete.
    private readonly Dictionary<string, long> malformed = [];

    /// <param name="number">The blob's place, from 1, in the order of names.</param>
    public BlobScan(LogQuery query, BlobItem blob, long number, CancellationToken cancellation)
    {
        (this.query, this.blob, this.number) = (query, blob, number);
        completion = Task.Run(() => RunAsync(cancellation), CancellationToken.None);
    }

    public long Matched { get; private set; }

    public long Skipped { get; private set; }

    /// <summary>Hands over the blob's records in its order and waits until it is read to its end.</summary>
    public async Task CopyToAsync(IRecordWriter writer, CancellationToken cancellation)
    {
        await foreach (var chunk in chunks.Reader.ReadAllAsync(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            await writer.WriteAsync(chunk, cancellation);
            ArrayPool<byte>.Shared.Return(chunk.Array!);
        }
        await completion;
        foreach (var (field, values) in malformed)
            writer.NoteMalformed(field, values);
    }

    /// <summary>Waits for the end of a scan that was cancelled or that nobody asks about any more.</summary>
    public async Task AbandonAsync() => await completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await ScanAsync(cancellation);
        }
        finally
        {
            // Who reads the chunks then awaits this task, and so sees what went wrong.
            chunks.Writer.Complete();
        }
    }

    private async Task ScanAsync(CancellationToken cancellation)
    {
        using var records = new StagedLines(query.Table);
        using var scanner = new LineScanner(query.Prefilter, query.Format(blob.Name), records);
        try
        {
            await ReadAsync(scanner, records, cancellation);
        }
        catch (BadLineException bad)
        {
            throw query.Bad(number, $"line {scanner.Line} {bad.Message}", "Repair the line, or the data map's description of it.");
        }
        catch (LogTextException wrong)
        {
            throw query.Bad(number, $"it {wrong.Message}", Advice);
        }
        catch (DecoderFallbackException)
        {
            throw query.Bad(number, "it holds bytes that its encoding does not have", Advice);
        }
        catch (LineTooLongException)
        {
            throw query.Bad(
                number, $"a line after line {scanner.Line} is longer than 1 MB", "Repair the blob, or take it out of the prefix.");
        }
        catch (UnpacksTooFarException tooFar)
        {
            throw query.Bad(number, tooFar.Message, "Look whether it is a log at all; repair it, or take it out of the prefix.");
        }
        catch (InvalidDataException)
        {
            throw query.Bad(number, "the gzip data is damaged", "Restore the blob.");
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or IOException)
        {
            throw query.Unavailable(number, failure);
        }
        (Matched, Skipped) = (scanner.Matched, scanner.Skipped);
        records.NoteMalformed(new MalformedCount(malformed));
    }

    private async Task ReadAsync(LineScanner scanner, StagedLines records, CancellationToken cancellation)
    {
        var (raw, isGzip) = await LogBlob.OpenAsync(query.Container, blob, cancellation);
        await using var closing = raw;
        await using var text = await LogText.OpenAsync(raw, query.Encoding, isGzip, cancellation);
        using var blocks = new LineBlocks(text);
        while (await blocks.ReadAsync(cancellation))
        {
            LogText.Check(blocks.Lines.Span);
            scanner.Scan(blocks.Lines.Span);
            await HandOverAsync(records, unlessSmall: true, cancellation);
        }
        if (isGzip && !GzipEnd.IsMark(blocks.Rest.Span))
            throw query.Bad(number, "the gzip data ends before its end", "Restore the blob, or wait until it is written.");
        if (!isGzip && !blocks.Rest.IsEmpty)
        {
            LogText.Check(blocks.Rest.Span);
            scanner.Scan([.. blocks.Rest.Span, (byte)'\n']);
        }
        await HandOverAsync(records, unlessSmall: false, cancellation);
    }

    /// <summary>Keeps what the lines say of themselves until somebody takes them.</summary>
    private sealed class MalformedCount(Dictionary<string, long> counts) : IRecordWriter
    {
        public ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation) => ValueTask.CompletedTask;

        public void NoteMalformed(string field, long values) => counts[field] = values;
    }

    private async ValueTask HandOverAsync(StagedLines records, bool unlessSmall, CancellationToken cancellation)
    {
        if (records.IsEmpty || (unlessSmall && !records.IsFull))
            return;
        var length = records.Written.Length;
        var chunk = ArrayPool<byte>.Shared.Rent(length);
        records.Written.CopyTo(chunk);
        records.Clear();
        await chunks.Writer.WriteAsync(new ArraySegment<byte>(chunk, 0, length), cancellation);
    }
}
