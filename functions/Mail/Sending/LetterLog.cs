using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Mail.Sending;

/// <summary>
/// How far each letter has got, in the table <c>Letters</c>. Every step is checked against the one before, so two senders of
/// one letter never both take it.
/// </summary>
internal sealed class LetterLog(CaseAccount storage)
{
    private readonly TableOnFirstUse letters = new(storage.Tables, "Letters");

    public async Task<LetterEntry?> FindAsync(CaseId caseId, string letterKey, CancellationToken cancellation)
    {
        var table = await letters.GetAsync(cancellation);
        var found = await table.GetEntityIfExistsAsync<LetterEntry>(caseId.ToString(), RowKey(letterKey), cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    /// <returns>The letter as noted, or null where another sender noted it first.</returns>
    public async Task<LetterEntry?> TryAddAsync(CaseId caseId, string letterKey, string messageId, CancellationToken cancellation)
    {
        var table = await letters.GetAsync(cancellation);
        var entry = new LetterEntry { PartitionKey = caseId.ToString(), RowKey = RowKey(letterKey), MessageId = messageId };
        try
        {
            var added = await table.AddEntityAsync(entry, cancellation);
            entry.ETag = added.Headers.ETag!.Value;
            return entry;
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            return null;
        }
    }

    /// <returns>False where another sender went ahead.</returns>
    public async Task<bool> TryUpdateAsync(LetterEntry entry, CancellationToken cancellation)
    {
        var table = await letters.GetAsync(cancellation);
        try
        {
            var updated = await table.UpdateEntityAsync(entry, entry.ETag, TableUpdateMode.Replace, cancellation);
            entry.ETag = updated.Headers.ETag!.Value;
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            return false;
        }
    }

    /// <summary>Every letter of every case, as they are read.</summary>
    public async IAsyncEnumerable<LetterEntry> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await letters.GetAsync(cancellation);
        await foreach (var entry in table.QueryAsync<LetterEntry>(cancellationToken: cancellation))
            yield return entry;
    }

    private static string RowKey(string letterKey) => letterKey.Replace('/', '|');
}

/// <summary>One letter: noted, then drafted (there is a <see cref="DraftId"/>), then sent (there is a <see cref="SentAt"/>).</summary>
internal sealed class LetterEntry : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    /// <summary>The Message-ID without angle brackets. Random, so that nobody can write a reply to a letter they never got.</summary>
    public string MessageId { get; set; } = "";

    public string? DraftId { get; set; }

    public DateTimeOffset? SentAt { get; set; }
}
