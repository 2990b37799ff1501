using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Mail;

/// <summary>
/// Which case a message belongs to, by the Message-IDs of requests and letters, in the table <c>Threads</c>. Ids are kept as SHA-256 only.
/// </summary>
internal sealed class Threads(CaseAccount storage)
{
    private const string Partition = "message";
    private readonly TableOnFirstUse threads = new(storage.Tables, "Threads");

    /// <param name="messageId">
    /// A Message-ID with or without angle brackets, or a conversation's id. Nothing is noted of an empty one.
    /// </param>
    public async Task AddAsync(string messageId, CaseId caseId, CancellationToken cancellation)
    {
        if (messageId.Trim('<', '>', ' ') is not "")
            await (await threads.GetAsync(cancellation)).UpsertEntityAsync(
                new TableEntity(Partition, Key(messageId)) { ["Case"] = caseId.ToString() }, TableUpdateMode.Replace, cancellation);
    }

    /// <returns>The case of the first id that is known, or null.</returns>
    public async Task<CaseId?> FindAsync(IEnumerable<string> messageIds, CancellationToken cancellation)
    {
        var table = await threads.GetAsync(cancellation);
        foreach (var id in messageIds)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Key(id), cancellationToken: cancellation);
            if (found.HasValue)
                return CaseId.Parse(found.Value!.GetString("Case"));
        }
        return null;
    }

    private static string Key(string messageId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId.Trim('<', '>', ' '))));
}
