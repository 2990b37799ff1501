using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace Spectrum.PrivacyFlows.Cases;

/// <summary>
/// Gives out case numbers, from the table <c>Counters</c>. A number is counted before it is given, so a crash in between leaves
/// a gap and never a number that two cases share.
/// </summary>
public sealed class CaseNumbers(CaseStorage storage)
{
    private const string Partition = "case-numbers";
    private readonly LazyTable counters = new(storage.Tables, "Counters");

    /// <param name="year">The year in London in which the request was received, 2000 to 9999.</param>
    public async Task<CaseId> NextAsync(int year, CancellationToken cancellation = default)
    {
        var table = await counters.GetAsync(cancellation);
        while (true)
        {
            if (await TryNextAsync(table, year, cancellation) is { } number)
                return new CaseId(year, number);
        }
    }

    private static async Task<int?> TryNextAsync(TableClient table, int year, CancellationToken cancellation)
    {
        var key = year.ToString("D4", CultureInfo.InvariantCulture);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, key, cancellationToken: cancellation);
        var last = found.HasValue ? found.Value!.GetInt32("Last")!.Value : 0;
        var counted = new TableEntity(Partition, key) { ["Last"] = last + 1 };
        try
        {
            if (found.HasValue)
                await table.UpdateEntityAsync(counted, found.Value!.ETag, TableUpdateMode.Replace, cancellation);
            else
                await table.AddEntityAsync(counted, cancellation);
            return last + 1;
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            return null;
        }
    }
}
