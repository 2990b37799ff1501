using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Cases;

/// <summary>
/// Gives out case numbers, from the table <c>Counters</c>. The count, a row of the number and one of whom it was given to are written in
/// one transaction: no two cases share a number, whoever asks again gets theirs again, and the sequence has no gap that we made.
/// </summary>
public sealed class CaseNumbers(CaseAccount storage, TimeProvider clock)
{
    private const string Years = "case-numbers";
    private readonly TableOnFirstUse table = new(storage.Tables, "Counters");

    /// <param name="year">The year in London in which the request was received, 2000 to 9999.</param>
    /// <param name="whose">Names the message that it is for, the same when it asks again; letters and digits.</param>
    public Task<CaseId> NextAsync(int year, string whose, CancellationToken cancellation = default) =>
        Contention.RetryAsync(
            async () =>
            {
                var (client, partition) = (await table.GetAsync(cancellation), Partition(year));
                var given = await client.GetEntityIfExistsAsync<TableEntity>(partition, "for-" + whose, cancellationToken: cancellation);
                return new CaseId(year, given.HasValue
                    ? given.Value!.GetInt32("Number")!.Value
                    : await GiveAsync(client, year, whose, cancellation));
            },
            cancellation);

    /// <returns>The number that was given to this one; null where none was.</returns>
    public async Task<CaseId?> FindAsync(int year, string whose, CancellationToken cancellation = default)
    {
        var given = await (await table.GetAsync(cancellation)).GetEntityIfExistsAsync<TableEntity>(
            Partition(year), "for-" + whose, cancellationToken: cancellation);
        return given.HasValue ? new CaseId(year, given.Value!.GetInt32("Number")!.Value) : null;
    }

    /// <summary>Every year with its last number, and from which on each number has a row.</summary>
    public async IAsyncEnumerable<NumberedYear> YearsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var client = await table.GetAsync(cancellation);
        await foreach (var row in client.QueryAsync<TableEntity>(row => row.RowKey == "last", cancellationToken: cancellation))
        {
            if (row.PartitionKey.StartsWith("numbers-", StringComparison.Ordinal)
                    && int.TryParse(row.PartitionKey[8..], NumberStyles.None, CultureInfo.InvariantCulture, out var year))
                yield return new NumberedYear(year, row.GetInt32("First") ?? 1, row.GetInt32("Last") ?? 0);
        }
    }

    /// <summary>The numbers of a year that have a row, in order, with when each was given.</summary>
    public async IAsyncEnumerable<GivenNumber> GivenAsync(int year, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var client = await table.GetAsync(cancellation);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(year)} and RowKey ge {"0"} and RowKey lt {":"}");
        await foreach (var row in client.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (int.TryParse(row.RowKey, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                yield return new GivenNumber(new CaseId(year, number), row.GetDateTimeOffset("At") ?? default);
        }
    }

    private async Task<int> GiveAsync(TableClient client, int year, string whose, CancellationToken cancellation)
    {
        var partition = Partition(year);
        var stored = await client.GetEntityIfExistsAsync<TableEntity>(partition, "last", cancellationToken: cancellation);
        var last = stored.HasValue ? stored.Value!.GetInt32("Last") ?? 0 : await LastOfOldAsync(client, year, cancellation);
        var count = new TableEntity(partition, "last")
        {
            ["First"] = stored.HasValue ? stored.Value!.GetInt32("First") ?? 1 : last + 1,
            ["Last"] = last + 1,
        };
        var number = (last + 1).ToString("D9", CultureInfo.InvariantCulture);
        await client.SubmitTransactionAsync(
            [
                stored.HasValue
                    ? new(TableTransactionActionType.UpdateReplace, count, stored.Value!.ETag)
                    : new(TableTransactionActionType.Add, count),
                new(TableTransactionActionType.Add, new TableEntity(partition, number) { ["At"] = clock.GetUtcNow() }),
                new(TableTransactionActionType.Add, new TableEntity(partition, "for-" + whose) { ["Number"] = last + 1 }),
            ],
            cancellation);
        return last + 1;
    }

    /// <summary>Numbers that were given out before each had a row of its own.</summary>
    private static async Task<int> LastOfOldAsync(TableClient client, int year, CancellationToken cancellation)
    {
        var old = await client.GetEntityIfExistsAsync<TableEntity>(
            Years, year.ToString("D4", CultureInfo.InvariantCulture), cancellationToken: cancellation);
        return old.HasValue ? old.Value!.GetInt32("Last") ?? 0 : 0;
    }

    private static string Partition(int year) => "numbers-" + year.ToString("D4", CultureInfo.InvariantCulture);
}

/// <param name="First">From here on each number has a row.</param>
/// <param name="Last">The last one that was given out.</param>
public readonly record struct NumberedYear(int Year, int First, int Last);

/// <param name="At">When it was given out.</param>
public readonly record struct GivenNumber(CaseId Number, DateTimeOffset At);
