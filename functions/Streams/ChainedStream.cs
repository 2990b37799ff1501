namespace Spectrum.PrivacyFlows.Streams;

/// <summary>Some bytes, a stream, and some more bytes, read one after the other. Forward and asynchronous only.</summary>
internal sealed class ChainedStream(ReadOnlyMemory<byte> head, Stream body, ReadOnlyMemory<byte> tail) : ForwardOnlyStream
{
    private bool bodyEnded;

    public override bool CanRead => true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!head.IsEmpty)
            return Take(ref head, buffer);
        if (!bodyEnded)
        {
            var read = await body.ReadAsync(buffer, cancellationToken);
            if (read > 0 || buffer.IsEmpty)
                return read;
            bodyEnded = true;
        }
        return Take(ref tail, buffer);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }

    private static int Take(ref ReadOnlyMemory<byte> from, Memory<byte> to)
    {
        var length = Math.Min(from.Length, to.Length);
        from[..length].CopyTo(to);
        from = from[length..];
        return length;
    }
}
