using System.IO.Compression;
using System.Text;

namespace Spectrum.PrivacyFlows.Bundles;

/// <summary>
/// A ZIP written front to back, Zip64 where an entry or the whole passes 4 GB or 65,535 entries. Entries are in the order of writing and
/// carry no date but ZIP's first, so that the same content gives the same bytes.
/// </summary>
internal sealed class BundleZip(Stream destination) : IAsyncDisposable
{
    private static readonly DateTimeOffset FirstDayOfZip = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive archive = new(destination, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);

    /// <summary>Adds a file of what <paramref name="write"/> writes.</summary>
    public async Task<PackageFile> AddAsync(string path, Func<Stream, Task> write, CancellationToken cancellation)
    {
        // A third smaller than at the fastest level, and no slower: storage waits longer than the compressor (tests/Benchmarks).
        var entry = archive.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = FirstDayOfZip;
        await using var content = new HashingStream(await entry.OpenAsync(cancellation));
        await write(content);
        return new PackageFile(path, content.Bytes, content.Sha256());
    }

    public Task<PackageFile> AddAsync(string path, string text, CancellationToken cancellation) =>
        AddAsync(path, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation).AsTask(), cancellation);

    public ValueTask DisposeAsync() => archive.DisposeAsync();
}

/// <summary>A file in the ZIP.</summary>
/// <param name="Path">From the root of the ZIP, with forward slashes.</param>
/// <param name="Bytes">Before compression.</param>
/// <param name="Sha256">Before compression, 64 lowercase hexadecimal digits.</param>
internal sealed record PackageFile(string Path, long Bytes, string Sha256);
