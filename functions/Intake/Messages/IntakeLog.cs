using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Carried;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>
/// Every message that was seen, once, in the table <c>Intake</c>: open until it became a case, was filed with one or is held for the
/// officer. An open message is noted before the inbox is read on, so none is lost; a done one stays noted, so none is taken twice.
/// </summary>
internal sealed class IntakeLog(CaseAccount storage, MailSettings settings)
{
    /// <summary>The table's name.</summary>
    public const string Table = "Intake";

    public const string Open = "open-";
    public const string Done = "done-";
    public const string Held = "held-";
    public const string More = "more-";
    private readonly TableOnFirstUse intake = new(storage.Tables, "Intake");
    private readonly string partition = MailboxState.Key(settings.Address);

    /// <summary>Notes a message as open, unless it is known.</summary>
    /// <param name="key">What makes two copies of a message the same one.</param>
    /// <param name="messageId">Graph's id.</param>
    /// <param name="from">The sender; null where there is no usable one.</param>
    /// <param name="isJunk">It lies in Junk Email.</param>
    /// <returns>The message as noted; null where it was known.</returns>
    public async Task<IntakeEntry?> TryNoteAsync(
        string key, string messageId, DateTimeOffset receivedAt, EmailAddress? from, bool isJunk, CancellationToken cancellation)
    {
        if (await IsDoneAsync(key, cancellation))
            return isJunk ? null : await TryTakeOutOfJunkAsync(key, messageId, cancellation);
        var entry = new IntakeEntry
        {
            PartitionKey = partition,
            RowKey = Open + key,
            MessageId = messageId,
            ReceivedAt = receivedAt,
            Sender = from is null ? "" : AddressKey.Of(from),
            Domain = from is null ? "" : AddressKey.OfDomain(from),
            IsJunk = isJunk,
            IsFromUs = settings.Address.Equals(from),
        };
        try
        {
            var added = await (await intake.GetAsync(cancellation)).AddEntityAsync(entry, cancellation);
            entry.ETag = added.Headers.ETag!.Value;
            return entry;
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            return null; // Known already, from a notification or another copy.
        }
    }

    /// <summary>Somebody moved a message that is held as junk into the inbox: it is mail like any other then.</summary>
    private async Task<IntakeEntry?> TryTakeOutOfJunkAsync(string key, string messageId, CancellationToken cancellation)
    {
        var table = await intake.GetAsync(cancellation);
        var held = await table.GetEntityIfExistsAsync<IntakeEntry>(partition, Held + key, cancellationToken: cancellation);
        if (!held.HasValue || held.Value is not { Reason: nameof(HoldReason.Junk) or nameof(HoldReason.RequestInJunk) } junk)
            return null;
        var open = junk.As(
            Open + key, row => (row.MessageId, row.IsJunk, row.Reason, row.From, row.Subject) = (messageId, false, null, null, null));
        try
        {
            await table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Delete, junk, junk.ETag),
                new(TableTransactionActionType.Delete, junk.As(Done + key), ETag.All),
                new(TableTransactionActionType.Add, open),
            ], cancellation);
            // As it is stored now, to be changed on.
            return await table.GetEntityAsync<IntakeEntry>(partition, Open + key, cancellationToken: cancellation);
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return null; // Another sweep, or the officer, was first.
        }
    }

    /// <summary>The open messages whose time has come, in no particular order.</summary>
    public async Task<IReadOnlyList<IntakeEntry>> ReadOpenAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var table = await intake.GetAsync(cancellation);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {Open} and RowKey lt {Open + "~"}");
        var open = await table.QueryAsync<IntakeEntry>(filter, cancellationToken: cancellation).ToListAsync(cancellation);
        return [.. open.Where(entry => entry.NotBefore is null || entry.NotBefore <= now)];
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
    public Task FinishAsync(IntakeEntry entry, string outcome, CancellationToken cancellation) =>
        EndAsync(entry, [Ended(entry, Done, outcome)], cancellation);

    /// <summary>The same of a message that was filed with a case while no letter tells the officer: the digest will.</summary>
    /// <inheritdoc cref="FinishAsync"/>
    public Task FinishUntoldAsync(IntakeEntry entry, string outcome, CancellationToken cancellation) =>
        EndAsync(entry, [Ended(entry, Done, outcome), Ended(entry, More, outcome)], cancellation);

    /// <summary>Keeps a message for the officer, who hears of it in the digest.</summary>
    /// <param name="from">As the message has it; empty where it names nobody.</param>
    /// <param name="carried">Whose request it brings; null where it is its sender's.</param>
    public Task HoldAsync(
        IntakeEntry entry, HoldReason reason, string from, string subject, CarriedRequest? carried, CancellationToken cancellation)
    {
        var held = entry.As(Held + entry.Key, row =>
        {
            (row.From, row.Subject, row.Reason, row.Release) = (from, subject, reason.ToString(), null);
            (row.About, row.AskedOn) = (carried?.About?.Value, carried?.AskedOn?.ToString("O", CultureInfo.InvariantCulture));
        });
        return EndAsync(entry, [Ended(entry, Done, $"held: {reason}"), held], cancellation);
    }

    private static IntakeEntry Ended(IntakeEntry entry, string kind, string outcome) =>
        entry.As(kind + entry.Key, row => row.Outcome = outcome).WithoutPerson();

    private async Task EndAsync(IntakeEntry entry, IEnumerable<IntakeEntry> rows, CancellationToken cancellation)
    {
        IEnumerable<TableTransactionAction> actions = rows.Select(
            row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row));
        try
        {
            await (await intake.GetAsync(cancellation)).SubmitTransactionAsync(
                [.. actions, new(TableTransactionActionType.Delete, entry, ETag.All)], cancellation);
        }
        catch (RequestFailedException exception) when (exception.Status == 404 || exception.ErrorCode == "ResourceNotFound")
        {
            // Another sweep finished it first.
        }
    }
}
