using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Tables;

/// <summary>Rows that several callers change at once, each change made exactly once.</summary>
internal sealed class ContendedRow(TableOnFirstUse table)
{
    /// <summary>
    /// Reads the row, lets <paramref name="decide"/> change it, and writes it unless somebody else did meanwhile; then all of it again.
    /// </summary>
    /// <param name="decide">
    /// Gets the row as stored, or an empty one where there is none; says whether to write it, and the answer. Runs once an attempt.
    /// </param>
    public Task<T> ChangeAsync<T>(
        string partition, string key, Func<TableEntity, (bool Write, T Answer)> decide, CancellationToken cancellation) =>
        Contention.RetryAsync(
            async () =>
            {
                var client = await table.GetAsync(cancellation);
                var stored = await client.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation);
                var row = stored.HasValue ? stored.Value! : new TableEntity(partition, key);
                var (write, answer) = decide(row);
                if (write && stored.HasValue)
                    await client.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
                else if (write)
                    await client.AddEntityAsync(row, cancellation);
                return answer;
            },
            cancellation);
}
