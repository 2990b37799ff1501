using Azure;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Links;

/// <summary>
/// What became of each link, in the table <c>Links</c>: partition the case, row the token's id. A token alone proves that we made it; this
/// row says whether it still acts.
/// </summary>
internal sealed class LinkTable
{
    private readonly TableOnFirstUse table;
    private readonly ContendedRow rows;

    public LinkTable(CaseAccount storage)
    {
        table = new TableOnFirstUse(storage.Tables, "Links");
        rows = new ContendedRow(table);
    }

    /// <summary>Adds a link; one that is there stays as it is, used or revoked.</summary>
    public async Task AddAsync(CaseId caseId, LinkToken token, string scope, CancellationToken cancellation)
    {
        var row = new TableEntity(caseId.ToString(), token.Id)
        {
            ["Purpose"] = token.Purpose.ToString(),
            ["Scope"] = scope,
            ["ExpiresAt"] = token.ExpiresAt,
        };
        try
        {
            await (await table.GetAsync(cancellation)).AddEntityAsync(row, cancellation);
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            // Made before, by the same step.
        }
    }

    /// <summary>Null where it was never made.</summary>
    public async Task<LinkRow?> FindAsync(CaseId caseId, string id, CancellationToken cancellation)
    {
        var row = await (await table.GetAsync(cancellation)).GetEntityIfExistsAsync<TableEntity>(
            caseId.ToString(), id, cancellationToken: cancellation);
        return row.HasValue ? LinkRow.Read(row.Value!) : null;
    }

    /// <summary>Marks a link as used, where it is neither used nor revoked.</summary>
    /// <param name="use">
    /// Names this attempt: where the storage's answer was lost, the next look at the row tells our use from another's.
    /// </param>
    /// <returns>True for one attempt only.</returns>
    public Task<bool> TryUseAsync(CaseId caseId, string id, string use, DateTimeOffset now, CancellationToken cancellation) =>
        rows.ChangeAsync(
            caseId.ToString(),
            id,
            row =>
            {
                var (found, mine) = (LinkRow.Read(row), row.GetString("UsedBy") == use);
                if (mine || !found.Exists || found.IsUsed || found.IsRevoked)
                    return (false, mine);
                row["UsedAt"] = now;
                row["UsedBy"] = use;
                return (true, true);
            },
            cancellation);

    /// <summary>Revokes every link of these purposes.</summary>
    /// <param name="except">The id of one that stays; empty for none.</param>
    public async Task RevokeAsync(
        CaseId caseId, IReadOnlyCollection<LinkPurpose> purposes, string except, DateTimeOffset now, CancellationToken cancellation)
    {
        var names = purposes.Select(purpose => purpose.ToString()).ToHashSet();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {caseId.ToString()}");
        await foreach (var row in (await table.GetAsync(cancellation)).QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (names.Contains(row.GetString("Purpose")) && row.RowKey != except && !LinkRow.Read(row).IsRevoked)
                await rows.ChangeAsync(row.PartitionKey, row.RowKey, current => (Revoke(current, now), true), cancellation);
        }
    }

    private static bool Revoke(TableEntity row, DateTimeOffset now)
    {
        if (LinkRow.Read(row).IsRevoked)
            return false;
        row["RevokedAt"] = now;
        return true;
    }
}

internal sealed record LinkRow(bool Exists, string Scope, bool IsUsed, bool IsRevoked)
{
    public static LinkRow Read(TableEntity row) =>
        new(row.ContainsKey("Purpose"), row.GetString("Scope") ?? "", row.ContainsKey("UsedAt"), row.ContainsKey("RevokedAt"));
}
