using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Spectrum.PrivacyFlows.Cases;

/// <summary>
/// The files that are kept with a case's record, in <see cref="CaseId.CaseContainer"/>: <c>request.eml</c> (the request byte for byte),
/// <c>letters/…</c> as sent and <c>correspondence/…</c> as received.
/// </summary>
public sealed class CaseFiles(CaseAccount storage, CaseSeals seals)
{
    // A request may bring attachments of 25 MB and more: two blocks of 4 MB are in memory at a time, never the whole.
    private static readonly StorageTransferOptions Transfer = new()
    {
        InitialTransferSize = 4 << 20,
        MaximumTransferSize = 4 << 20,
        MaximumConcurrency = 2,
    };

    /// <summary>Writes a file, in place of one of the same name. Nothing is there until all of it is.</summary>
    /// <param name="name">Its parts divided by <c>/</c>; holds no personal data.</param>
    public async Task WriteAsync(CaseId caseId, string name, Stream content, CancellationToken cancellation = default)
    {
        var container = Container(caseId);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
        await container.GetBlobClient(name).UploadAsync(content, new BlobUploadOptions { TransferOptions = Transfer }, cancellation);
    }

    /// <inheritdoc cref="WriteAsync(CaseId, string, Stream, CancellationToken)"/>
    public Task WriteAsync(CaseId caseId, string name, BinaryData content, CancellationToken cancellation = default) =>
        WriteAsync(caseId, name, content.ToStream(), cancellation);

    /// <summary>Opens a file for reading; it arrives as it is read.</summary>
    /// <exception cref="FileNotFoundException">The case has no such file.</exception>
    public async Task<Stream> OpenReadAsync(CaseId caseId, string name, CancellationToken cancellation = default)
    {
        try
        {
            return await Container(caseId).GetBlobClient(name).OpenReadAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            throw new FileNotFoundException($"{caseId} has no file {name}.", exception);
        }
    }

    public async Task<bool> ExistsAsync(CaseId caseId, string name, CancellationToken cancellation = default) =>
        await Container(caseId).GetBlobClient(name).ExistsAsync(cancellation);

    /// <returns>The whole file as UTF-8, or null where the case has no such file.</returns>
    public async Task<string?> ReadTextAsync(CaseId caseId, string name, CancellationToken cancellation = default)
    {
        try
        {
            var file = await Container(caseId).GetBlobClient(name).DownloadContentAsync(cancellation);
            return file.Value.Content.ToString();
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Writes a text that a step will act on: its seal is its first line.</summary>
    public Task WriteSealedAsync(CaseId caseId, string name, string text, CancellationToken cancellation = default) =>
        WriteAsync(caseId, name, BinaryData.FromString($"{seals.Seal("files", caseId.ToString(), name, text)}\n{text}"), cancellation);

    /// <returns>What was written by <see cref="WriteSealedAsync"/>, or null where the case has no such file.</returns>
    /// <exception cref="CaseSealException">Somebody else wrote it.</exception>
    public async Task<string?> ReadSealedAsync(CaseId caseId, string name, CancellationToken cancellation = default)
    {
        if (await ReadTextAsync(caseId, name, cancellation) is not { } file)
            return null;
        var end = file.IndexOf('\n', StringComparison.Ordinal);
        return end > 0 && seals.Holds(file[..end], "files", caseId.ToString(), name, file[(end + 1)..])
            ? file[(end + 1)..]
            : throw new CaseSealException(caseId.ToString(), $"the file {name}");
    }

    /// <summary>
    /// Seals a file as it stands, whoever wrote it: see <see cref="CaseStore.SealAllAsync"/>. Nothing happens where there is none.
    /// </summary>
    public async Task SealAsync(CaseId caseId, string name, CancellationToken cancellation = default)
    {
        if (await ReadTextAsync(caseId, name, cancellation) is not { } file)
            return;
        var end = file.IndexOf('\n', StringComparison.Ordinal);
        var hasSeal = end == 64 && file[..end].All(char.IsAsciiHexDigitLower);
        await WriteSealedAsync(caseId, name, hasSeal ? file[(end + 1)..] : file, cancellation);
    }

    /// <summary>Deletes a file; nothing happens where there is none.</summary>
    public async Task DeleteAsync(CaseId caseId, string name, CancellationToken cancellation = default)
    {
        try
        {
            await Container(caseId).GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            // There is no container either: the case never had a file.
        }
    }

    private BlobContainerClient Container(CaseId caseId) => storage.Blobs.GetBlobContainerClient(caseId.CaseContainer);
}
