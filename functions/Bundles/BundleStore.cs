using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Bundles;

/// <summary>The finished bundle of a case, and the end of everything that was collected for it (S4).</summary>
public sealed class BundleStore(BundleAccount storage)
{
    internal const string BlobName = "bundle.zip";
    internal const string Sha256Key = "sha256";
    private const int ReadAheadBytes = 1024 * 1024;

    /// <summary>What is there to deliver, or null where no bundle was finished or it is destroyed.</summary>
    public async Task<StoredBundle?> FindAsync(CaseId caseId, CancellationToken cancellation = default)
    {
        try
        {
            var found = await Bundle(caseId).GetPropertiesAsync(cancellationToken: cancellation);
            return new StoredBundle(found.Value.ContentLength, found.Value.Metadata[Sha256Key], found.Value.ETag.ToString());
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Opens the bundle: seekable, of known length, fit for ranges. It fails rather than mix two bundles when it is rebuilt meanwhile.
    /// </summary>
    /// <param name="etag">The writing that is meant; empty for any.</param>
    /// <exception cref="RequestFailedException">
    /// There is no bundle (404), or it is not that writing (412), or storage does not answer.
    /// </exception>
    public Task<Stream> OpenReadAsync(CaseId caseId, string etag = "", CancellationToken cancellation = default) =>
        Bundle(caseId).OpenReadAsync(
            new BlobOpenReadOptions(allowModifications: false)
            {
                BufferSize = ReadAheadBytes,
                Conditions = etag.Length == 0 ? null : new BlobRequestConditions { IfMatch = new ETag(etag) },
            },
            cancellation);

    /// <summary>Reads the whole bundle, of this writing alone, and hashes it.</summary>
    /// <returns>SHA-256, 64 lowercase hexadecimal digits.</returns>
    public async Task<string> HashAsync(CaseId caseId, string etag, CancellationToken cancellation = default)
    {
        await using var bundle = await OpenReadAsync(caseId, etag, cancellation);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(bundle, cancellation));
    }

    /// <summary>
    /// Deletes the bundle, what is staged, and the container. Safe to repeat. <see cref="FindLeftoversAsync"/> says whether it worked.
    /// </summary>
    public async Task DestroyAsync(CaseId caseId, CancellationToken cancellation = default)
    {
        var container = Container(caseId);
        if (!await container.ExistsAsync(cancellation))
            return;
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions(), cancellation))
            await container.GetBlobClient(blob.Name)
                .DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellation);
        await container.DeleteIfExistsAsync(cancellationToken: cancellation);
    }

    /// <summary>Looks what a destroyed case left behind, also what soft delete or half an upload would keep.</summary>
    /// <returns>Names of what is still there, without personal data; empty where everything is gone.</returns>
    public async Task<IReadOnlyList<string>> FindLeftoversAsync(CaseId caseId, CancellationToken cancellation = default)
    {
        var left = new List<string>();
        await foreach (var container in storage.Blobs.GetBlobContainersAsync(
            BlobContainerTraits.None, BlobContainerStates.Deleted, caseId.BundleContainer, cancellation))
        {
            if (container.Name == caseId.BundleContainer && container.IsDeleted == true)
                left.Add($"{container.Name} (kept by container soft delete)");
        }
        if (!await Container(caseId).ExistsAsync(cancellation))
            return left;
        left.Add(caseId.BundleContainer);
        var everything = new GetBlobsOptions { States = BlobStates.Snapshots | BlobStates.Uncommitted | BlobStates.Deleted };
        await foreach (var blob in Container(caseId).GetBlobsAsync(everything, cancellation))
            left.Add($"{caseId.BundleContainer}/{blob.Name}");
        return left;
    }

    /// <summary>Whether nothing at all is left.</summary>
    public async Task<bool> VerifyDestroyedAsync(CaseId caseId, CancellationToken cancellation = default) =>
        (await FindLeftoversAsync(caseId, cancellation)).Count == 0;

    private BlobContainerClient Container(CaseId caseId) => storage.Blobs.GetBlobContainerClient(caseId.BundleContainer);

    private BlockBlobClient Bundle(CaseId caseId) => Container(caseId).GetBlockBlobClient(BlobName);
}

/// <param name="Bytes">Length of the ZIP.</param>
/// <param name="Sha256">Of the ZIP, 64 lowercase hexadecimal digits.</param>
/// <param name="ETag">Which writing of it this is: another writing, by whomever, has another.</param>
public sealed record StoredBundle(long Bytes, string Sha256, string ETag);
