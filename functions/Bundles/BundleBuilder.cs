using Azure.Storage.Blobs.Specialized;
using Spectrum.PrivacyFlows.Bundles.Packages;
using Spectrum.PrivacyFlows.Bundles.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Bundles;

/// <summary>Packages what is staged into <c>bundle.zip</c> in the case's bundle container, as one stream.</summary>
/// <param name="contents">One for each right that is answered with data.</param>
public sealed class BundleBuilder(Staging staging, BundleAccount storage, IEnumerable<IPackageContents> contents, ContactDetails contacts)
{
    /// <summary>
    /// Builds the bundle, or builds it again: the same data gives the same bytes. The right with the lowest article has the root of the ZIP
    /// and its page; each other one a folder of its own that can be handed on as it is.
    /// </summary>
    /// <exception cref="ArgumentException">No right that was asked for is answered with data.</exception>
    /// <exception cref="BundleIncompleteException">
    /// A system is not wholly staged, or somebody else wrote what is staged, or what went in is not what came out. An earlier bundle is
    /// still there.
    /// </exception>
    public async Task<BundleSummary> BuildAsync(
        BundleRequest request, IReadOnlyList<SystemOfRecord> systems, CancellationToken cancellation = default)
    {
        IReadOnlyList<IPackageContents> packages =
            [.. contents.Where(package => request.Rights.Contains(package.Right)).OrderBy(package => package.Right)];
        if (packages.Count == 0)
            throw new ArgumentException("None of these rights is answered with data.", nameof(request));
        var staged = await FindStagedAsync(request.Case, systems, cancellation);
        var container = storage.Blobs.GetBlobContainerClient(request.Case.BundleContainer);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
        await using var upload = new BundleUpload(container.GetBlockBlobClient(BundleStore.BlobName));
        await using var hashing = new HashingStream(upload);
        var written = await WriteZipAsync(hashing, request, packages, staged, cancellation);
        var sha256 = hashing.Sha256();
        await upload.CommitAsync("application/zip", new Dictionary<string, string> { [BundleStore.Sha256Key] = sha256 }, cancellation);
        return new BundleSummary(sha256, hashing.Bytes, [.. staged.Select(system => Summarise(system, written))]);
    }

    private async Task<IReadOnlyList<StagedSystem>> FindStagedAsync(
        CaseId caseId, IReadOnlyList<SystemOfRecord> systems, CancellationToken cancellation)
    {
        var staged = new List<StagedSystem>();
        foreach (var system in systems)
        {
            var collected = await FindAsync(caseId, system, cancellation);
            staged.Add(StagedSystem.Check(staging, caseId, system, collected));
        }
        return staged;
    }

    private async Task<CollectedSystem?> FindAsync(CaseId caseId, SystemOfRecord system, CancellationToken cancellation)
    {
        try
        {
            return await staging.FindAsync(caseId, system.Key, cancellation);
        }
        catch (CaseSealException)
        {
            // Collecting again writes it anew, which is all that it takes.
            throw Incompleteness.Of(system, "somebody else than this app changed what was collected; tell whoever runs it");
        }
    }

    private async Task<IReadOnlyList<WrittenPackage>> WriteZipAsync(
        HashingStream destination, BundleRequest request, IReadOnlyList<IPackageContents> packages, IReadOnlyList<StagedSystem> staged,
        CancellationToken cancellation)
    {
        var written = new List<WrittenPackage>();
        await using var zip = new BundleZip(destination);
        var writer = new PackageWriter(zip, request, staged, contacts);
        foreach (var inner in packages.Skip(1))
            written.Add(await writer.WriteAsync(inner, $"{inner.Right.ToString().ToLowerInvariant()}/", [], cancellation));
        written.Add(await writer.WriteAsync(packages[0], "", written, cancellation));
        return written;
    }

    private static BundledSystem Summarise(StagedSystem system, IReadOnlyList<WrittenPackage> written) =>
        new(system.System.Key, [.. system.Tables.Select(table => new BundledTable(
            table.Table.Name,
            table.Records,
            RecordsOf(Right.Access, table, written),
            RecordsOf(Right.Portability, table, written)))]);

    private static long RecordsOf(Right right, StagedTable table, IReadOnlyList<WrittenPackage> written) =>
        written
            .Where(package => package.Contents.Right == right)
            .SelectMany(package => package.Tables)
            .FirstOrDefault(packaged => packaged.Source == table)?.Records ?? 0;
}
