using System.IO.Compression;
using Spectrum.PrivacyFlows.Streams;

namespace Spectrum.PrivacyFlows.Connectors.BlobLog;

/// <summary>
/// Gzip data unpacked, with a bound: a blob of a few megabytes may unpack to terabytes and keep a collection busy for days. Logs unpack
/// to 10 to 50 times their size, the same line over and over to 300, zeros to 1,030. Forward and asynchronous only.
/// </summary>
internal sealed class UnpackedStream(Stream packed) : ForwardOnlyStream
{
    /// <summary>What one byte may unpack to, anew for each <see cref="Stretch"/>: an honest beginning hides nothing.</summary>
    public const int MostPerByte = 500;

    /// <summary>How many unpacked bytes are looked at together: 64 MB.</summary>
    public const long Stretch = 64L << 20;

    /// <summary>What a blob may unpack to in all: 100 GB.</summary>
    public const long MostInAll = 100L << 30;

    private readonly CountingStream counted = new(packed);
    private GZipStream? gzip;
    private long unpacked;
    private long stretchEnd = Stretch;
    private long packedBefore;

    public override bool CanRead => true;

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="UnpacksTooFarException">It unpacks to more than the bounds.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        gzip ??= new GZipStream(counted, CompressionMode.Decompress);
        var read = await gzip.ReadAsync(buffer, cancellationToken);
        unpacked += read;
        if (unpacked > MostInAll)
            throw new UnpacksTooFarException("the gzip data unpacks to more than 100 GB");
        if (unpacked >= stretchEnd)
        {
            if ((counted.Taken - packedBefore) * MostPerByte < Stretch)
                throw new UnpacksTooFarException($"the gzip data unpacks to more than {MostPerByte} times its size");
            (packedBefore, stretchEnd) = (counted.Taken, unpacked + Stretch);
        }
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            gzip?.Dispose();
            counted.Dispose();
        }
        base.Dispose(disposing);
    }

    private sealed class CountingStream(Stream inner) : ForwardOnlyStream
    {
        public long Taken { get; private set; }

        public override bool CanRead => true;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Taken += read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>What the message says follows "blob 3 in the order of their names:".</summary>
internal sealed class UnpacksTooFarException(string message) : Exception(message);
