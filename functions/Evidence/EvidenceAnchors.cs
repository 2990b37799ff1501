using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Evidence;

/// <summary>
/// Where records end, kept apart from them, in the container <c>evidence</c> of the account of the cases:
/// <c>{case}/{lines, ten digits}.json</c> holds how many lines there were and the hash of the last one, and nothing of a person. On Azure
/// the container is immutable (infra/), so whoever rewrites a whole record, head and all, cannot rewrite this.
/// </summary>
public sealed class EvidenceAnchors(CaseAccount storage, EvidenceLog record, TimeProvider clock)
{
    private const string Container = "evidence";
    private volatile bool exists;

    /// <summary>Keeps where the record ends now. Safe to repeat; a record that has not grown since is left as it is.</summary>
    /// <param name="owner">A case number, or <see cref="EvidenceLog.OfTheSystem"/>.</param>
    public async Task AnchorAsync(string owner, CancellationToken cancellation = default)
    {
        var head = await record.HeadOfAsync(owner, cancellation);
        if (head.Count == 0)
            return;
        await KeepAsync(new Anchor(owner, head.Count, head.Hash, clock.GetUtcNow().ToUniversalTime()), cancellation);
    }

    /// <summary>Keeps how far something counted, so that it cannot be set back unseen.</summary>
    /// <param name="owner">As in <c>NUMBERS-2026</c>.</param>
    public Task AnchorCountAsync(string owner, int count, CancellationToken cancellation = default) =>
        KeepAsync(new Anchor(owner, count, "", clock.GetUtcNow().ToUniversalTime()), cancellation);

    /// <summary>The highest count that was kept; 0 where there is none.</summary>
    public async Task<int> HighestAsync(string owner, CancellationToken cancellation = default) =>
        (await ReadAsync(owner, cancellation)).Keys.DefaultIfEmpty().Max();

    /// <summary>All that anything was kept of, case numbers among them.</summary>
    public async IAsyncEnumerable<string> OwnersAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var container = storage.Blobs.GetBlobContainerClient(Container);
        if (!await container.ExistsAsync(cancellation))
            yield break;
        var options = new GetBlobsByHierarchyOptions { Delimiter = "/" };
        await foreach (var item in container.GetBlobsByHierarchyAsync(options, cancellation))
        {
            if (item.IsPrefix)
                yield return item.Prefix.TrimEnd('/');
        }
    }

    private async Task KeepAsync(Anchor kept, CancellationToken cancellation)
    {
        if (!exists)
            await storage.Blobs.GetBlobContainerClient(Container).CreateIfNotExistsAsync(cancellationToken: cancellation);
        exists = true;
        var anchor = BinaryData.FromObjectAsJson(kept, JsonSerializerOptions.Web);
        try
        {
            await Blob(kept.Case, kept.Lines).UploadAsync(
                anchor, new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellation);
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            // Kept before. Whether it says the same is for FindBreakAsync to say.
        }
    }

    /// <summary>Recomputes the record's chain and compares it with every anchor that was kept of it.</summary>
    /// <returns>Null where all holds, or what does not, in plain words.</returns>
    public async Task<string?> FindBreakAsync(string owner, CancellationToken cancellation = default)
    {
        if (await record.FindBreakOfAsync(owner, cancellation) is { } broken)
            return broken;
        var anchors = await ReadAsync(owner, cancellation);
        await foreach (var line in record.ReadOfAsync(owner, cancellation))
        {
            if (anchors.Remove(line.Number, out var hash) && hash != line.Hash)
                return $"Line {line.Number} is not the one that was anchored: the record was written anew.";
        }
        return anchors.Count == 0 ? null : $"Line {anchors.Keys.Min()} was anchored and is not there: the record was cut or written anew.";
    }

    private async Task<Dictionary<int, string>> ReadAsync(string owner, CancellationToken cancellation)
    {
        var container = storage.Blobs.GetBlobContainerClient(Container);
        var anchors = new Dictionary<int, string>();
        if (!await container.ExistsAsync(cancellation))
            return anchors;
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = owner + "/" }, cancellation))
        {
            var content = await container.GetBlobClient(blob.Name).DownloadContentAsync(cancellation);
            var anchor = content.Value.Content.ToObjectFromJson<Anchor>(JsonSerializerOptions.Web)!;
            anchors[anchor.Lines] = anchor.Hash;
        }
        return anchors;
    }

    private Azure.Storage.Blobs.BlobClient Blob(string owner, int lines) =>
        storage.Blobs.GetBlobContainerClient(Container)
            .GetBlobClient(string.Create(CultureInfo.InvariantCulture, $"{owner}/{lines:D10}.json"));

    private sealed record Anchor(string Case, int Lines, string Hash, DateTimeOffset At);
}
