using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Mail;

/// <summary>
/// Which case a message belongs to, by the Message-IDs of requests and letters, in the table <c>Threads</c>. Ids are kept as SHA-256 only.
/// </summary>
internal sealed class Threads(CaseAccount storage, CaseSeals seals)
{
    private const string Partition = "message";
    private readonly TableOnFirstUse threads = new(storage.Tables, "Threads");

    /// <param name="messageId">
    /// A Message-ID with or without angle brackets, or a conversation's id. Nothing is noted of an empty one.
    /// </param>
    /// <param name="isLetterToPerson">
    /// It is a letter's, whose random id is known to nobody but whoever reads the person's mailbox: that is sealed, as it shows who
    /// answers.
    /// </param>
    public async Task AddAsync(string messageId, CaseId caseId, CancellationToken cancellation, bool isLetterToPerson = false)
    {
        if (messageId.Trim('<', '>', ' ') is not "")
            await (await threads.GetAsync(cancellation)).UpsertEntityAsync(
                new TableEntity(Partition, Key(messageId))
                {
                    ["Case"] = caseId.ToString(),
                    ["Letter"] = isLetterToPerson ? seals.Seal(Parts(messageId, caseId)) : null,
                },
                TableUpdateMode.Replace, cancellation);
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

    /// <summary>Whether one of the ids is that of a letter which this app sent to the person of the case.</summary>
    public async Task<bool> IsLetterToPersonAsync(IEnumerable<string> messageIds, CaseId caseId, CancellationToken cancellation)
    {
        var table = await threads.GetAsync(cancellation);
        foreach (var id in messageIds)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Key(id), cancellationToken: cancellation);
            if (found.HasValue && found.Value!.TryGetValue("Letter", out var seal) && seals.Holds(seal as string, Parts(id, caseId)))
                return true;
        }
        return false;
    }

    private static IReadOnlyList<string> Parts(string messageId, CaseId caseId) => ["Threads", Key(messageId), caseId.ToString()];

    private static string Key(string messageId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId.Trim('<', '>', ' '))));
}
