using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Links;

/// <summary>How often the bundle of a case was fetched from its start, in the table <c>Downloads</c>.</summary>
public sealed class Downloads(CaseAccount storage)
{
    private const string RowKey = "starts";
    private readonly TableOnFirstUse table = new(storage.Tables, "Downloads");

    /// <summary>
    /// Counts a start, unless there were <paramref name="max"/> already. Callers at the same moment are counted one by one.
    /// </summary>
    /// <returns>Whether the download may start.</returns>
    public Task<bool> TryStartAsync(CaseId caseId, int max, CancellationToken cancellation = default) =>
        new ContendedRow(table).ChangeAsync(
            caseId.ToString(),
            RowKey,
            row =>
            {
                var started = Count(row);
                if (started >= max)
                    return (false, false);
                row["Count"] = started + 1;
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

    private static int Count(TableEntity row) => row.GetInt32("Count") ?? 0;
}
