using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace LocalFunctions.Storage;

/// <summary>Keeps short text in its row and text over 32 KB in a blob that the row names.</summary>
internal sealed class PayloadStore(BlobContainerClient container, WriteGate gate)
{
    private const int LargestInRow = 32 * 1024;
    private const string BlobSuffix = "Blob";

    /// <summary>Sets the row's property; a large text is written to its blob first.</summary>
    /// <param name="folder">What the blob goes away with: a generation, or the inbox.</param>
    public async Task PutAsync(TableEntity row, string property, string? text, string folder, CancellationToken cancellation)
    {
        if (text is null || Encoding.UTF8.GetByteCount(text) <= LargestInRow)
        {
            row[property] = text;
            return;
        }
        var name = $"payloads/{row.PartitionKey}/{folder}/{row.RowKey}/{property}";
        await gate.WriteAsync(() => container.GetBlobClient(name).UploadAsync(BinaryData.FromString(text), overwrite: true, cancellation));
        row[property + BlobSuffix] = name;
    }

    public async Task<string?> GetAsync(TableEntity row, string property, CancellationToken cancellation)
    {
        if (row.GetString(property + BlobSuffix) is not { } name)
            return row.GetString(property);
        return (await container.GetBlobClient(name).DownloadContentAsync(cancellation)).Value.Content.ToString();
    }

    public static bool HasBlob(TableEntity row) => row.Keys.Any(property => property.EndsWith(BlobSuffix, StringComparison.Ordinal));

    /// <summary>Deletes an orchestration's blobs whose folder is meant.</summary>
    public async Task DeleteAsync(string partition, Func<string, bool> isMeant, CancellationToken cancellation)
    {
        var all = $"payloads/{partition}/";
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, all, cancellation))
        {
            if (isMeant(blob.Name[all.Length..]))
                await gate.WriteAsync(() => container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation));
        }
    }
}
