using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Evidence;

/// <summary>
/// The rows of the records. A line, its key and the record's head are written in one transaction: the key makes it once only, and the
/// number, which only one writer can insert, gives the order. Lines are inserted and never updated; the head alone moves.
/// </summary>
internal sealed class EvidenceChain(TableOnFirstUse table, TimeProvider clock)
{
    private const string HeadKey = "head";

    /// <returns>Whether it was written now; false where a line of this key was there.</returns>
    public Task<bool> AppendAsync(
        string owner, string key, string text, IReadOnlyDictionary<string, string> facts, CancellationToken cancellation)
    {
        EvidenceLimits.Check(key, text, facts);
        var ordered = new SortedDictionary<string, string>(facts.ToDictionary(), StringComparer.Ordinal);
        return Contention.RetryAsync(() => TryAppendAsync(owner, key, text, ordered, cancellation), cancellation);
    }

    public async Task<bool> ContainsAsync(string owner, string key, CancellationToken cancellation) =>
        await IsWrittenAsync(await table.GetAsync(cancellation), owner, key, cancellation);

    public async Task<EvidenceHead> HeadAsync(string owner, CancellationToken cancellation) =>
        ReadHead(owner, await HeadRowAsync(owner, cancellation));

    public async IAsyncEnumerable<EvidenceRow> ReadAsync(string owner, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var client = await table.GetAsync(cancellation);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {owner} and RowKey ge {EvidenceRow.FirstKey} and RowKey lt {EvidenceRow.PastLastKey}");
        await foreach (var row in client.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return EvidenceRow.Read(row);
    }

    private async Task<bool> TryAppendAsync(
        string owner, string key, string text, SortedDictionary<string, string> facts, CancellationToken cancellation)
    {
        var client = await table.GetAsync(cancellation);
        var headRow = await HeadRowAsync(owner, cancellation);
        var head = ReadHead(owner, headRow);
        var line = new EvidenceLine(head.Count + 1, clock.GetUtcNow().ToUniversalTime(), key, text, facts, head.Hash, "");
        line = line with { Hash = EvidenceHash.Of(owner, line) };
        try
        {
            await client.SubmitTransactionAsync(Rows(owner, line, headRow), cancellation);
            return true;
        }
        catch (RequestFailedException refusal) when (Contention.IsLost(refusal))
        {
            // Ours from an earlier run, or from this one where the answer was lost; else somebody took the number.
            if (await IsWrittenAsync(client, owner, key, cancellation))
                return false;
            // The place is taken and the head did not move: nobody was faster, the record was tampered with, and trying on is no use.
            if ((await HeadRowAsync(owner, cancellation))?.ETag == headRow?.ETag
                    && await IsTakenAsync(client, owner, line.Number, cancellation))
                throw new EvidenceBrokenException(owner);
            throw;
        }
    }

    private static TableTransactionAction[] Rows(string owner, EvidenceLine line, TableEntity? headRow)
    {
        var head = new TableEntity(owner, HeadKey) { ["Count"] = line.Number, ["Hash"] = line.Hash };
        return
        [
            new(TableTransactionActionType.Add, EvidenceRow.ForLine(owner, line)),
            new(TableTransactionActionType.Add, EvidenceRow.ForKey(owner, line.Key, line.Number)),
            headRow is null ? new(TableTransactionActionType.Add, head) : new(TableTransactionActionType.UpdateReplace, head, headRow.ETag),
        ];
    }

    private static async Task<bool> IsWrittenAsync(TableClient client, string owner, string key, CancellationToken cancellation) =>
        (await client.GetEntityIfExistsAsync<TableEntity>(owner, EvidenceRow.RowKeyOf(key), cancellationToken: cancellation)).HasValue;

    private static async Task<bool> IsTakenAsync(TableClient client, string owner, int number, CancellationToken cancellation) =>
        (await client.GetEntityIfExistsAsync<TableEntity>(owner, EvidenceRow.RowKeyOf(number), cancellationToken: cancellation)).HasValue;

    private async Task<TableEntity?> HeadRowAsync(string owner, CancellationToken cancellation)
    {
        var row = await (await table.GetAsync(cancellation)).GetEntityIfExistsAsync<TableEntity>(
            owner, HeadKey, cancellationToken: cancellation);
        return row.HasValue ? row.Value : null;
    }

    private static EvidenceHead ReadHead(string owner, TableEntity? row) =>
        row is null
            ? new EvidenceHead(0, EvidenceHash.First(owner))
            : new EvidenceHead(row.GetInt32("Count") ?? 0, row.GetString("Hash") ?? "");
}

/// <summary>The record's end was tampered with, so nothing can be appended; the nightly check says what is wrong.</summary>
public sealed class EvidenceBrokenException(string owner) : Exception($"{owner}: the end of the record was tampered with.");
