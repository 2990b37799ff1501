using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Failures;

/// <summary>S3: whatever was killed when, the record of each closed case says what its state says, and nothing else.</summary>
internal static class EvidenceAgreement
{
    public static async Task AssertAsync(string storage, IReadOnlyList<CaseId> cases, CancellationToken cancellation)
    {
        var account = new CaseAccount(new BlobServiceClient(storage), new TableServiceClient(storage));
        var record = new EvidenceLog(account, TimeProvider.System);
        foreach (var id in cases)
        {
            Assert.Null(await record.FindBreakAsync(id, cancellation));
            var keys = await record.ReadAsync(id, cancellation).Select(line => line.Key).ToHashSetAsync(cancellationToken: cancellation);
            // Each used link has its line, each line its used link.
            Assert.Equal(
                await KeysAsync(account, "Links", id, row => row.ContainsKey("UsedAt"), cancellation), Of(keys, "link-used/"));
            // Each sent letter has its line, and each line its letter.
            Assert.Equal(
                (await KeysAsync(account, "Letters", id, row => row.GetDateTimeOffset("SentAt") is not null, cancellation))
                    .Select(key => key.Replace('|', '/')).Order(StringComparer.Ordinal),
                Of(keys, "letter/"));
            // Each answer that a person gave has the link that it was given by on record, and what was made of it.
            var answers = await KeysAsync(account, "Answers", id, row => row.GetString("LinkId") is not "", cancellation);
            Assert.Equal(["decision-1", "identity", "receipt"], answers);
            Assert.Superset(
                new HashSet<string>(["received", "understood", "identity", "decision/1", "delivered", "destroyed", "closed"]), keys);
            await foreach (var row in account.Tables.GetTableClient("Downloads").QueryAsync<TableEntity>(
                row => row.PartitionKey == id.ToString(), cancellationToken: cancellation))
                Assert.Equal(row.GetInt32("Count"), Of(keys, "downloaded/").Count);
        }
    }

    private static List<string> Of(IEnumerable<string> keys, string kind) =>
    [
        .. keys.Where(key => key.StartsWith(kind, StringComparison.Ordinal)).Select(key => key[kind.Length..])
            .Order(StringComparer.Ordinal),
    ];

    private static async Task<List<string>> KeysAsync(
        CaseAccount account, string table, CaseId id, Func<TableEntity, bool> counts, CancellationToken cancellation) =>
        await account.Tables.GetTableClient(table)
            .QueryAsync<TableEntity>(row => row.PartitionKey == id.ToString(), cancellationToken: cancellation)
            .Where(counts).Select(row => row.RowKey).Order(StringComparer.Ordinal).ToListAsync(cancellation);
}
