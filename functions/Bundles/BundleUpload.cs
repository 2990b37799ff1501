using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Streams;

namespace Spectrum.PrivacyFlows.Bundles;

/// <summary>
/// Writes one block blob of any length as a stream. Nothing of it can be seen until <see cref="CommitAsync"/>, which puts it in place of
/// what was there, all at once and with its metadata; without that, what was there stays. (The SDK's OpenWrite empties the blob
/// first and commits what it has when it is closed by an error.)
/// </summary>
internal sealed class BundleUpload(BlockBlobClient blob) : ForwardOnlyStream
{
    /// <summary>50,000 blocks at most, so a bundle may have up to 200 GB.</summary>
    private const int BlockBytes = 4 * 1024 * 1024;

    private readonly byte[] block = new byte[BlockBytes];
    private readonly List<string> blocks = [];
    private int filled;

    public override bool CanWrite => true;

    public async Task CommitAsync(string mediaType, IDictionary<string, string> metadata, CancellationToken cancellation)
    {
        await StageAsync(cancellation);
        var options = new CommitBlockListOptions { HttpHeaders = new BlobHttpHeaders { ContentType = mediaType }, Metadata = metadata };
        await blob.CommitBlockListAsync(blocks, options, cancellation);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var part = buffer[..Math.Min(buffer.Length, BlockBytes - filled)];
            part.CopyTo(block.AsMemory(filled));
            filled += part.Length;
            buffer = buffer[part.Length..];
            if (filled == BlockBytes)
                await StageAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private async Task StageAsync(CancellationToken cancellation)
    {
        if (filled == 0)
            return;
        // The same name for the same place, so that a try after a crash replaces the blocks of the one before. All names
        // have one length, as storage wants.
        var id = Convert.ToBase64String(BitConverter.GetBytes(blocks.Count));
        using var content = new MemoryStream(block, 0, filled, writable: false);
        await blob.StageBlockAsync(id, content, cancellationToken: cancellation);
        blocks.Add(id);
        filled = 0;
    }
}
