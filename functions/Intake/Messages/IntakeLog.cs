using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>
/// Every message that was seen, once, in the table <c>Intake</c>: open until it became a case, was filed with one or was refused.
/// An open message is noted before the inbox is read on, so none is lost; a done one stays noted, so none is taken twice.
/// </summary>
internal sealed class IntakeLog(CaseAccount storage, MailSettings settings)
{
    private const string Open = "open-";
    private const string Done = "done-";
    private readonly TableOnFirstUse intake = new(storage.Tables, "Intake");
    private readonly string partition = MailboxState.Key(settings.Address);

    /// <summary>Notes a message as open, unless it is known.</summary>
    /// <param name="key">What makes two copies of a message the same one.</param>
    /// <param name="messageId">Graph's id.</param>
    public async Task NoteAsync(string key, string messageId, DateTimeOffset receivedAt, CancellationToken cancellation)
    {
        if (await IsDoneAsync(key, cancellation))
            return;
        var table = await intake.GetAsync(cancellation);
        try
        {
            await table.AddEntityAsync(
                new IntakeEntry { PartitionKey = partition, RowKey = Open + key, MessageId = messageId, ReceivedAt = receivedAt },
                cancellation);
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            // Known already, from a notification or another copy.
        }
    }

    /// <summary>The open messages whose time has come, the oldest first.</summary>
    public async Task<IReadOnlyList<IntakeEntry>> ReadOpenAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var table = await intake.GetAsync(cancellation);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {Open} and RowKey lt {Open + "~"}");
        var open = await table.QueryAsync<IntakeEntry>(filter, cancellationToken: cancellation).ToListAsync(cancellation);
        return [.. open.Where(entry => entry.NotBefore is null || entry.NotBefore <= now).OrderBy(entry => entry.ReceivedAt)];
    }

    public async Task<bool> IsDoneAsync(string key, CancellationToken cancellation)
    {
        var table = await intake.GetAsync(cancellation);
        return (await table.GetEntityIfExistsAsync<TableEntity>(partition, Done + key, cancellationToken: cancellation)).HasValue;
    }

    /// <exception cref="RequestFailedException">412: somebody else changed it since it was read.</exception>
    public async Task UpdateAsync(IntakeEntry entry, CancellationToken cancellation)
    {
        var table = await intake.GetAsync(cancellation);
        var updated = await table.UpdateEntityAsync(entry, entry.ETag, TableUpdateMode.Replace, cancellation);
        entry.ETag = updated.Headers.ETag!.Value;
    }

    /// <summary>Notes what became of a message, for good.</summary>
    /// <param name="outcome">A case number, or why there is none.</param>
    public async Task FinishAsync(IntakeEntry entry, string outcome, CancellationToken cancellation)
    {
        var table = await intake.GetAsync(cancellation);
        var done = new IntakeEntry
        {
            PartitionKey = partition,
            RowKey = Done + entry.Key,
            MessageId = entry.MessageId,
            ReceivedAt = entry.ReceivedAt,
            CaseNumber = entry.CaseNumber,
            Outcome = outcome,
        };
        TableTransactionAction[] both =
        [
            new(TableTransactionActionType.UpsertReplace, done),
            new(TableTransactionActionType.Delete, entry, ETag.All),
        ];
        try
        {
            await table.SubmitTransactionAsync(both, cancellation);
        }
        catch (RequestFailedException exception) when (exception.Status == 404 || exception.ErrorCode == "ResourceNotFound")
        {
            // Another sweep finished it first.
        }
    }
}

internal sealed class IntakeEntry : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string MessageId { get; set; } = "";

    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>The number that was given to it, from then on its own, even if it never becomes a case.</summary>
    public string? CaseNumber { get; set; }

    public int Tries { get; set; }

    public DateTimeOffset? NotBefore { get; set; }

    public string? Outcome { get; set; }

    /// <summary>64 hexadecimal digits.</summary>
    public string Key => RowKey[5..];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"message {Key[..12]}");
}
