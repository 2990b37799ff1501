using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Evidence;

/// <summary>How many events of one kind a record saw in a day, so that somebody who repeats one does not fill the record.</summary>
internal sealed class EvidenceCounters(TableOnFirstUse table)
{
    private const string Prefix = "count!";
    private const string PastPrefix = "count\"";
    private readonly ContendedRow rows = new(table);

    /// <summary>
    /// Counts one. Up to <paramref name="max"/> every caller gets a number of its own; past it the count is the least there were.
    /// </summary>
    public async Task<int> CountAsync(string owner, string kind, string day, int max, CancellationToken cancellation)
    {
        var key = Prefix + day + "!" + EvidenceRow.RowKeyOf(kind);
        var client = await table.GetAsync(cancellation);
        var stored = await client.GetEntityIfExistsAsync<TableEntity>(owner, key, cancellationToken: cancellation);
        if (stored.HasValue && Count(stored.Value!) > max)
            return await CountOnceAsync(client, stored.Value!, cancellation);
        return await rows.ChangeAsync(owner, key, row => (true, Next(row, kind, day)), cancellation);
    }

    /// <summary>Every day and kind that was counted.</summary>
    public async IAsyncEnumerable<RecordCount> ReadAsync(string owner, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var client = await table.GetAsync(cancellation);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {owner} and RowKey ge {Prefix} and RowKey lt {PastPrefix}");
        await foreach (var row in client.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return new RecordCount(row.GetString("Day"), row.GetString("Kind"), Count(row));
    }

    // One attempt only: a flood must not make the app work harder the more it floods.
    private static async Task<int> CountOnceAsync(TableClient client, TableEntity row, CancellationToken cancellation)
    {
        row["Count"] = Count(row) + 1;
        try
        {
            await client.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
        }
        catch (RequestFailedException refusal) when (Contention.IsLost(refusal))
        {
            // Another of the flood was counted instead.
        }
        return Count(row);
    }

    private static int Next(TableEntity row, string kind, string day)
    {
        row["Kind"] = kind;
        row["Day"] = day;
        row["Count"] = Count(row) + 1;
        return Count(row);
    }

    private static int Count(TableEntity row) => row.GetInt32("Count") ?? 0;
}

/// <param name="Day">A date in London, as in <c>2026-11-23</c>.</param>
internal sealed record RecordCount(string Day, string Kind, int Count);
