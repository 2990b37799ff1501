using System.IO.Compression;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using LocalMachine;

namespace LocalSystems.Logs;

/// <summary>A container of sample blobs, marked as such, so that nothing else is ever overwritten.</summary>
internal sealed class SampleContainer(string storage, string name)
{
    private const string Mark = "sampledata";

    private readonly BlobContainerClient container = new BlobServiceClient(storage).GetBlobContainerClient(name);

    /// <summary>Makes it, or empties it where it is ours.</summary>
    /// <exception cref="LocalSetupException">The container is there and is not ours.</exception>
    public async Task ClearAsync(CancellationToken cancellation)
    {
        await container.CreateIfNotExistsAsync(
            metadata: new Dictionary<string, string> { [Mark] = "true" }, cancellationToken: cancellation);
        var properties = await container.GetPropertiesAsync(cancellationToken: cancellation);
        if (!properties.Value.Metadata.ContainsKey(Mark))
            throw new LocalSetupException(
                $"The container '{name}' was not made by the sample systems, so nothing is written there. "
                + "Choose another storage account or container.");
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellation))
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
    }

    public async Task<int> CountAsync(CancellationToken cancellation)
    {
        if (!await container.ExistsAsync(cancellation))
            return 0;
        var count = 0;
        await foreach (var _ in container.GetBlobsAsync(cancellationToken: cancellation))
            count++;
        return count;
    }

    /// <summary>Opens a blob to write; gzipped where its name says so.</summary>
    public async Task<Stream> CreateAsync(string blob, CancellationToken cancellation)
    {
        var stream = await container.GetBlockBlobClient(blob)
            .OpenWriteAsync(overwrite: true, new BlockBlobOpenWriteOptions { BufferSize = 1024 * 1024 }, cancellation);
        return blob.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionLevel.Fastest) : stream;
    }
}
