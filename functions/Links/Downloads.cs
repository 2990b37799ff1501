using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Links;

/// <summary>
/// How often the bundle of a case was fetched, in the table <c>Downloads</c>. One link to the file, which is given out for one code, is one
/// download, in however many requests and ranges it is fetched.
/// </summary>
public sealed class Downloads(CaseAccount storage)
{
    private const string RowKey = "starts";
    private readonly TableOnFirstUse table = new(storage.Tables, "Downloads");

    /// <summary>
    /// Counts the link's first request, unless <paramref name="max"/> links were counted already; its further requests are free.
    /// Requests at the same moment are decided one by one.
    /// </summary>
    /// <param name="linkId">Of the link to the file.</param>
    /// <returns>Whether the link may be served.</returns>
    public Task<bool> TryStartAsync(CaseId caseId, string linkId, int max, CancellationToken cancellation = default) =>
        new ContendedRow(table).ChangeAsync(
            caseId.ToString(),
            RowKey,
            row =>
            {
                if (Links(row).Contains(linkId))
                    return (false, true);
                if (Count(row) >= max)
                    return (false, false);
                row["Count"] = Count(row) + 1;
                row["Links"] = string.Join(' ', Links(row).Append(linkId));
                return (true, true);
            },
            cancellation);

    /// <summary>Starts so far.</summary>
    public async Task<int> CountAsync(CaseId caseId, CancellationToken cancellation = default)
    {
        var row = await (await table.GetAsync(cancellation)).GetEntityIfExistsAsync<TableEntity>(
            caseId.ToString(), RowKey, cancellationToken: cancellation);
        return row.HasValue ? Count(row.Value!) : 0;
    }

    // Downloads are 20 at most, so the ids fit a column.
    private static string[] Links(TableEntity row) => (row.GetString("Links") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static int Count(TableEntity row) => row.GetInt32("Count") ?? 0;
}
