using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Bundles;

/// <summary>
/// Where collected records wait for packaging, in the case's bundle container:
/// <c>staging/{system}/{table}.ndjson</c> (UTF-8 without a byte order mark, one JSON object a line with the fields in the
/// data map's order, each line ended by <c>\n</c>) and <c>staging/{system}/collected.json</c>, written last, which says how much and which
/// bytes. That statement is sealed, so that nobody but this app can put other records in a collected one's place.
/// </summary>
public sealed class Staging(BundleAccount storage, CaseSeals seals)
{
    private const string Root = "staging/";
    private const int BufferBytes = 1024 * 1024;

    /// <summary>
    /// Opens a table for writing. What is written is there once the stream is disposed, in place of what an earlier try left;
    /// until <see cref="CompleteAsync"/>, nothing of the system counts.
    /// </summary>
    public async Task<Stream> CreateAsync(CaseId caseId, string system, string table, CancellationToken cancellation = default)
    {
        var container = Container(caseId);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
        // What an earlier try said of the system no longer holds once a table of it changes.
        await container.GetBlobClient(StatementPath(system)).DeleteIfExistsAsync(cancellationToken: cancellation);
        var options = new BlockBlobOpenWriteOptions { BufferSize = BufferBytes };
        return await container.GetBlockBlobClient(TablePath(system, table)).OpenWriteAsync(overwrite: true, options, cancellation);
    }

    /// <summary>Opens a table for one pass of reading.</summary>
    /// <exception cref="RequestFailedException">It was never staged (404), or storage does not answer.</exception>
    public Task<Stream> OpenReadAsync(CaseId caseId, string system, string table, CancellationToken cancellation = default) =>
        Container(caseId).GetBlobClient(TablePath(system, table))
            .OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { BufferSize = BufferBytes }, cancellation);

    /// <summary>Says that a system is wholly staged. Replaces an earlier statement.</summary>
    public async Task CompleteAsync(CaseId caseId, CollectedSystem collected, CancellationToken cancellation = default)
    {
        var container = Container(caseId);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
        var json = JsonSerializer.Serialize(collected, JsonSerializerOptions.Web);
        var content = BinaryData.FromString($"{Seal(caseId, collected.System, json)}\n{json}");
        await container.GetBlobClient(StatementPath(collected.System)).UploadAsync(content, overwrite: true, cancellation);
    }

    /// <summary>What was staged of a system, or null where its collection never completed.</summary>
    /// <exception cref="CaseSealException">Somebody else wrote the statement, or an older version of this app did.</exception>
    public async Task<CollectedSystem?> FindAsync(CaseId caseId, string system, CancellationToken cancellation = default)
    {
        try
        {
            var content = await Container(caseId).GetBlobClient(StatementPath(system)).DownloadContentAsync(cancellation);
            var (seal, json) = content.Value.Content.ToString().Split('\n', 2) is [var first, var rest] ? (first, rest) : ("", "");
            return seals.Holds(seal, Sealed(caseId, system, json))
                ? JsonSerializer.Deserialize<CollectedSystem>(json, JsonSerializerOptions.Web)
                : throw new CaseSealException(caseId.ToString(), $"what is staged of {system}");
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Deletes what is staged, for a new round or for good.</summary>
    public async Task ClearAsync(CaseId caseId, CancellationToken cancellation = default)
    {
        var container = Container(caseId);
        if (!await container.ExistsAsync(cancellation))
            return;
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = Root }, cancellation))
            await container.GetBlobClient(blob.Name)
                .DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellation);
    }

    private string Seal(CaseId caseId, string system, string json) => seals.Seal(Sealed(caseId, system, json));

    private static string[] Sealed(CaseId caseId, string system, string json) => ["staging", caseId.ToString(), system, json];

    private BlobContainerClient Container(CaseId caseId) => storage.Blobs.GetBlobContainerClient(caseId.BundleContainer);

    private static string TablePath(string system, string table) => $"{Root}{system}/{table}.ndjson";

    private static string StatementPath(string system) => $"{Root}{system}/collected.json";
}

/// <summary>What was taken of one system, table by table in the data map's order. It holds counts and hashes, no personal data.</summary>
public sealed record CollectedSystem(string System, IReadOnlyList<CollectedTable> Tables);

/// <param name="Table">The table's name in the data map.</param>
/// <param name="CountAtSource">Records that the source says are this person's.</param>
/// <param name="CountTaken">Records that were written to staging.</param>
/// <param name="Bytes">Length of the staged file in bytes.</param>
/// <param name="Sha256">SHA-256 of the staged file, 64 lowercase hexadecimal digits.</param>
public sealed record CollectedTable(string Table, long CountAtSource, long CountTaken, long Bytes, string Sha256)
{
    /// <summary>How many values of a field are not of its type and stand as text, as the system holds them; null where none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, long>? Malformed { get; init; }
}
