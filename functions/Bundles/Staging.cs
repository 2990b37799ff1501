using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Bundles;

/// <summary>
/// Where collected records wait for packaging, in the case's bundle container:
/// <c>staging/{system}/{table}.ndjson</c> (UTF-8 without a byte order mark, one JSON object a line with the fields in the
/// data map's order, each line ended by <c>\n</c>) and <c>staging/{system}/collected.json</c>, written last, which says how much.
/// </summary>
public sealed class Staging(BundleStorage storage)
{
    /// <summary>Opens a table for writing. Nothing is there until the stream is disposed; then it replaces what an earlier try left.</summary>
    public Task<Stream> CreateAsync(CaseId caseId, string system, string table, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>Opens a table for one pass of reading.</summary>
    public Task<Stream> OpenReadAsync(CaseId caseId, string system, string table, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>Says that a system is wholly staged. Replaces an earlier statement.</summary>
    public Task CompleteAsync(CaseId caseId, CollectedSystem collected, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>What was staged of a system, or null where its collection never completed.</summary>
    public Task<CollectedSystem?> FindAsync(CaseId caseId, string system, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>Deletes what is staged, for a new round or for good.</summary>
    public Task ClearAsync(CaseId caseId, CancellationToken cancellation = default) =>
        throw new NotImplementedException();
}

/// <summary>What was taken of one system, table by table in the data map's order. It holds counts and hashes, no personal data.</summary>
public sealed record CollectedSystem(string System, IReadOnlyList<CollectedTable> Tables);

/// <param name="Table">The table's name in the data map.</param>
/// <param name="CountAtSource">Records that the source says are this person's.</param>
/// <param name="CountTaken">Records that were written to staging.</param>
/// <param name="Bytes">Length of the staged file in bytes.</param>
/// <param name="Sha256">SHA-256 of the staged file, 64 lowercase hexadecimal digits.</param>
public sealed record CollectedTable(string Table, long CountAtSource, long CountTaken, long Bytes, string Sha256);
