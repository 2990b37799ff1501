using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Spectrum.PrivacyFlows.Streams;

namespace Spectrum.PrivacyFlows.Connectors.BlobLog;

/// <summary>One blob of a log as it was when it was listed.</summary>
internal static class LogBlob
{
    /// <summary>Opens its text, decompressed where its first bytes say gzip, whatever its name says.</summary>
    /// <exception cref="RequestFailedException">It is gone, was replaced since it was listed, or storage does not answer.</exception>
    public static async Task<(Stream Text, bool IsGzip)> OpenAsync(
        BlobContainerClient container, BlobItem blob, CancellationToken cancellation)
    {
        var options = new BlobDownloadOptions();
        // A log that is being appended to keeps what it had; any other blob that changed is another blob.
        if (blob.Properties.BlobType == BlobType.Append && blob.Properties.ContentLength is > 0 and var length)
            options.Range = new HttpRange(0, length);
        else
            options.Conditions = new BlobRequestConditions { IfMatch = blob.Properties.ETag };
        var download = await container.GetBlobClient(blob.Name).DownloadStreamingAsync(options, cancellation);
        var body = download.Value.Content;
        var head = new byte[2];
        var read = await body.ReadAtLeastAsync(head, 2, throwOnEndOfStream: false, cancellation);
        var isGzip = read == 2 && head[0] == 0x1F && head[1] == 0x8B;
        var chained = new ChainedStream(head.AsMemory(0, read), body, isGzip ? GzipEnd.CompressedMark : default);
        return (isGzip ? new UnpackedStream(chained) : chained, isGzip);
    }
}
