using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors.BlobLog;

/// <summary>
/// Logs in a container: two blobs are read at a time, and their records come in the order of the blobs' names and of their lines.
/// </summary>
internal sealed class BlobLogSource(SystemOfRecord system, BlobContainerClient container, ILogger logger) : IRecordSource
{
    private const int AtOnce = 2;

    public async Task<long> ExportAsync(SystemTable table, Identifiers person, IRecordWriter writer, CancellationToken cancellation)
    {
        var query = new LogQuery(system, table, person, container);
        if (!query.CanFind)
            return 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var scans = new Queue<BlobScan>();
        try
        {
            return await ScanAllAsync(query, scans, writer, stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var scan in scans)
                await scan.AbandonAsync();
        }
    }

    public async Task CheckAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var _ in container.GetBlobsAsync(cancellationToken: cancellation).AsPages(pageSizeHint: 1))
                break;
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or IOException)
        {
            var (refusal, code) = LogQuery.Refusal(failure);
            throw new CollectionException(
                system.Key,
                $"The storage did not answer, or does not let us in ({code}).",
                "Check the connection setting, the container and the app's right to read it.",
                refusal?.Status is not (400 or 401 or 403 or 404));
        }
    }

    private async Task<long> ScanAllAsync(LogQuery query, Queue<BlobScan> scans, IRecordWriter writer, CancellationToken cancellation)
    {
        await using var blobs = query.ListAsync(cancellation).GetAsyncEnumerator(cancellation);
        var (matched, skipped, number) = (0L, 0L, 0L);
        for (var more = true; more || scans.Count > 0;)
        {
            while (more && scans.Count < AtOnce)
            {
                more = await NextAsync(query, blobs);
                if (more)
                    scans.Enqueue(new BlobScan(query, blobs.Current, ++number, cancellation));
            }
            if (!scans.TryPeek(out var scan))
                break;
            await scan.CopyToAsync(writer, cancellation);
            (matched, skipped) = (matched + scan.Matched, skipped + scan.Skipped);
            scans.Dequeue();
        }
        if (skipped > 0)
            logger.LogWarning(
                "{System}, table {Table}: {Skipped} lines that cannot be read and do not mention the person were left out.",
                system.Key,
                query.Table.Name,
                skipped);
        return matched;
    }

    private static async Task<bool> NextAsync(LogQuery query, IAsyncEnumerator<BlobItem> blobs)
    {
        try
        {
            return await blobs.MoveNextAsync();
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or IOException)
        {
            throw query.Unavailable("the list of blobs", failure);
        }
    }
}
