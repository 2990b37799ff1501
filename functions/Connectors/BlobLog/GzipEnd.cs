using System.IO.Compression;
using System.Text;

namespace Spectrum.PrivacyFlows.Connectors.BlobLog;

/// <summary>
/// Tells a gzip file that was cut off from one that ended: .NET's decompressor ends quietly in both cases. A little gzip file of our own,
/// the mark, is put behind the blob; it comes out at the end only where the blob before it was whole.
/// </summary>
internal static class GzipEnd
{
    // A line of its own: the blob's last line may lack its end.
    private static readonly byte[] Mark = Encoding.ASCII.GetBytes("\nend-of-log 1f3c9a52-77d0-4c9e-8a51-0c6f0b7e2d94");

    /// <summary>What goes behind the compressed blob.</summary>
    public static ReadOnlyMemory<byte> CompressedMark { get; } = Compress(Mark);

    /// <summary>Whether what is left after the last line end is the mark.</summary>
    public static bool IsMark(ReadOnlySpan<byte> lastLine) => lastLine.SequenceEqual(Mark.AsSpan(1));

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            gzip.Write(content);
        return compressed.ToArray();
    }
}
