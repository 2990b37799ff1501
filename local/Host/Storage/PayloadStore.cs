using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace LocalHost.Storage;

/// <summary>Keeps what is small in its row, and what is larger than a property may be in a blob that the row names.</summary>
internal sealed class PayloadStore(BlobContainerClient container, WriteGate gate)
{
    // A property holds 64 KB.
    private const int LargestInRow = 60_000;
    private const string BlobSuffix = "Blob";

    /// <summary>Sets the row's property; what is large is written to its blob first.</summary>
    /// <param name="version">Makes the blob's name new, so that nothing that a row still names is written over.</param>
    public async Task PutAsync(TableEntity row, string property, byte[] bytes, string version, CancellationToken cancellation)
    {
        if (bytes.Length <= LargestInRow)
        {
            row[property] = bytes;
            return;
        }
        var name = $"payloads/{row.PartitionKey}/{row.RowKey}/{property}-{version}";
        await gate.WriteAsync(() => container.GetBlobClient(name).UploadAsync(new BinaryData(bytes), overwrite: true, cancellation));
        row[property + BlobSuffix] = name;
    }

    public async Task<byte[]> GetAsync(TableEntity row, string property, CancellationToken cancellation) =>
        row.GetString(property + BlobSuffix) is { } name
            ? (await container.GetBlobClient(name).DownloadContentAsync(cancellation)).Value.Content.ToArray()
            : row.GetBinary(property);

    public static string? BlobOf(TableEntity row, string property) => row.GetString(property + BlobSuffix);

    public Task DeleteAsync(string name, CancellationToken cancellation) =>
        gate.WriteAsync(() => container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellation));

    /// <summary>Deletes all blobs of an orchestration.</summary>
    public async Task DeleteAllAsync(string partition, CancellationToken cancellation)
    {
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"payloads/{partition}/", cancellation))
            await DeleteAsync(blob.Name, cancellation);
    }
}
