using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using DurableTask.Core;
using DurableTask.Core.History;
using LocalHost.Durable;

namespace LocalHost.Storage;

/// <summary>
/// Orchestrations in Table storage: a partition each, with a row for its record, for each turn, and for each message in and out
/// that is on its way. A turn is written in one transaction with all that changes with it, so it has happened or it has not.
/// </summary>
internal sealed partial class InstanceStore
{
    /// <summary>Messages that one turn may take: a transaction holds 100 rows.</summary>
    public const int MostMessagesPerTurn = 90;

    private const string Generation = "Generation";
    private const string HasWork = "HasWork";
    private const string IsOpen = "IsOpen";
    private const string Origin = "Origin";
    private const string Payload = "Payload";

    // A property holds 64 KB, two bytes a character.
    private const int LongestText = 30_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly TableClient table;
    private readonly BlobContainerClient container;
    private readonly PayloadStore payloads;
    private readonly WriteGate gate;
    private long lastTicket;

    public InstanceStore(string connectionString, string hub, WriteGate gate)
    {
        this.gate = gate;
        // The client's own logging and tracing cost time at each write, and say nothing that ours does not.
        // A connection that died unseen is given up after 15 seconds, not after the client's 100.
        var options = new TableClientOptions
        {
            Diagnostics = { IsLoggingEnabled = false, IsDistributedTracingEnabled = false },
            Retry = { NetworkTimeout = Patience },
        };
        table = new TableClient(connectionString, hub + "Orchestrations", options);
        container = new BlobContainerClient(
            connectionString, Container(hub), new BlobClientOptions { Retry = { NetworkTimeout = Patience } });
        payloads = new PayloadStore(container, gate);
    }

    /// <summary>The container of a hub's payloads and of its lease.</summary>
    public static string Container(string hub) => hub.ToLowerInvariant() + "-orchestrations";

    public async Task CreateAsync(CancellationToken cancellation)
    {
        await table.CreateIfNotExistsAsync(cancellation);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
    }

    /// <summary>Keeps a message until a turn takes it.</summary>
    public async Task<InboxMessage> AddAsync(InstanceRecord record, TaskMessage message, string? origin, CancellationToken cancellation)
    {
        var row = await InboxRowAsync(record, message, origin, cancellation);
        await gate.WriteAsync(() => table.AddEntityAsync(row, cancellation));
        return new InboxMessage(message, row.RowKey, origin);
    }

    /// <summary>An orchestration begins, in place of one of the same id that is over or given up.</summary>
    public async Task<InboxMessage> BeginAsync(InstanceRecord record, TaskMessage start, string? origin, CancellationToken cancellation)
    {
        var row = await InboxRowAsync(record, start, origin, cancellation);
        await SubmitAsync([Upsert(await RecordRowAsync(record, cancellation)), Upsert(row)], cancellation);
        return new InboxMessage(start, row.RowKey, origin);
    }

    /// <summary>A turn has happened: its events, what it took from the inbox, what it sends, and the record, all or nothing.</summary>
    /// <param name="after">The record with the turn counted.</param>
    /// <param name="sent">For other orchestrations; kept until <see cref="ForgetSentAsync"/>.</param>
    /// <returns>The key under which <paramref name="sent"/> is kept, or null where nothing is sent.</returns>
    public async Task<string?> CommitAsync(
        InstanceRecord after, List<HistoryEvent> events, IEnumerable<InboxMessage> taken, List<TaskMessage> sent,
        CancellationToken cancellation)
    {
        var partition = Keys.Partition(after.Id);
        var turn = new TableEntity(partition, Keys.Turn(after.Generation, after.Turns));
        await payloads.PutAsync(turn, Payload, EventCodec.Write(events), "1", cancellation);
        List<TableTransactionAction> actions = [Upsert(await RecordRowAsync(after, cancellation)), Upsert(turn)];
        actions.AddRange(taken.Where(message => message.RowKey is not null)
            .Select(message => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, message.RowKey))));
        var outbox = sent.Count == 0 ? null : new TableEntity(partition, Keys.Outbox(after.Generation, after.Turns));
        if (outbox is not null)
        {
            await payloads.PutAsync(outbox, Payload, EventCodec.Write(sent), "1", cancellation);
            actions.Add(Upsert(outbox));
        }
        await SubmitAsync(actions, cancellation);
        return outbox?.RowKey;
    }

    /// <summary>What a turn sent has arrived.</summary>
    public Task ForgetSentAsync(string id, string outbox, CancellationToken cancellation) =>
        gate.WriteAsync(() => table.DeleteEntityAsync(Keys.Partition(id), outbox, cancellationToken: cancellation));

    /// <summary>Deletes what is left of earlier generations and, of one that is over, all but its record.</summary>
    public async Task SweepAsync(InstanceRecord record, CancellationToken cancellation)
    {
        await foreach (var row in RowsAsync(record.Id, ["PartitionKey", "RowKey", Generation, Payload + "Blob"], cancellation))
        {
            var isPast = Keys.IsTurn(row.RowKey) && Keys.GenerationOf(row.RowKey) < record.Generation;
            var isForNobody = Keys.IsInbox(row.RowKey) && (record.IsOver || row.GetInt32(Generation) < record.Since);
            if (isPast || isForNobody)
                await DeleteAsync(row, cancellation);
        }
    }

    /// <summary>Deletes everything. The record goes last, so that one that was interrupted can be deleted again.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellation)
    {
        var rows = await RowsAsync(id, ["PartitionKey", "RowKey"], cancellation).ToListAsync(cancellation);
        foreach (var row in rows.OrderBy(row => row.RowKey == Keys.Record))
            await gate.WriteAsync(() => table.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellation));
        await payloads.DeleteAllAsync(Keys.Partition(id), cancellation);
    }

    public async Task<InstanceRecord?> FindAsync(string id, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Keys.Partition(id), Keys.Record, cancellationToken: cancellation);
        return row.HasValue ? await RecordAsync(row.Value!, cancellation) : null;
    }

    /// <summary>All that is known of one, or null.</summary>
    public async Task<StoredInstance?> LoadAsync(string id, CancellationToken cancellation)
    {
        var rows = await RowsAsync(id, null, cancellation).ToListAsync(cancellation);
        if (rows.Find(row => row.RowKey == Keys.Record) is not { } found)
            return null;
        var record = await RecordAsync(found, cancellation);
        var stored = new StoredInstance(record, [], [], []);
        foreach (var row in rows)
        {
            if (Keys.IsTurn(row.RowKey) && Keys.GenerationOf(row.RowKey) == record.Generation)
                stored.History.AddRange(EventCodec.ReadEvents(await payloads.GetAsync(row, Payload, cancellation)));
            else if (Keys.IsInbox(row.RowKey) && row.GetInt32(Generation) >= record.Since && !record.IsOver)
                stored.Inbox.Add(new InboxMessage((await MessagesAsync(row, cancellation))[0], row.RowKey, row.GetString(Origin)));
            else if (Keys.IsOutbox(row.RowKey))
                stored.Outbox.Add(row.RowKey, await MessagesAsync(row, cancellation));
        }
        return stored with { Record = record.After(stored.History) };
    }

    /// <summary>
    /// Those for which something has to be done, or will have to be, by time alone: under way, or with messages on their way.
    /// </summary>
    public async IAsyncEnumerable<OpenInstance> OpenAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter =
            $"({IsOpen} eq true and RowKey eq '{Keys.Record}') or (RowKey ge '{Keys.FirstMessage}' and RowKey lt '{Keys.PastMessages}')";
        string[] columns =
        [
            "PartitionKey", "RowKey", HasWork, nameof(InstanceRecord.Id), nameof(InstanceRecord.Timers), nameof(InstanceRecord.ExecutionId),
        ];
        OpenInstance? current = null;
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: 1000, columns, cancellation))
        {
            if (current is not null && current.Partition != row.PartitionKey)
            {
                yield return current;
                current = null;
            }
            current ??= new OpenInstance(row.PartitionKey);
            if (row.RowKey == Keys.Record)
                current = current with
                {
                    Id = row.GetString(nameof(InstanceRecord.Id)),
                    ExecutionId = row.GetString(nameof(InstanceRecord.ExecutionId)),
                    Timers = FromJson<ImmutableSortedDictionary<int, DateTime>>(row, nameof(InstanceRecord.Timers))
                        ?? ImmutableSortedDictionary<int, DateTime>.Empty,
                    HasWork = current.HasWork || row.GetBoolean(HasWork) == true,
                };
            else
                current = current with { HasWork = true };
        }
        if (current is not null)
            yield return current;
    }

    /// <summary>The id of an orchestration that only its partition is known of.</summary>
    public async Task<string?> IdOfAsync(string partition, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, Keys.Record, [nameof(InstanceRecord.Id)], cancellation);
        return row.HasValue ? row.Value!.GetString(nameof(InstanceRecord.Id)) : null;
    }

    /// <summary>Records in the order of their ids.</summary>
    /// <param name="after">An id: those that come after it.</param>
    public async IAsyncEnumerable<InstanceRecord> RecordsAsync(
        string? prefix, string? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = $"RowKey eq '{Keys.Record}'";
        if (!string.IsNullOrEmpty(prefix))
            filter += TableClient.CreateQueryFilter($" and PartitionKey ge {Keys.Partition(prefix)}")
                .Replace("''", "'", StringComparison.Ordinal);
        if (after is not null)
            filter += $" and PartitionKey gt '{Keys.Partition(after).Replace("'", "''", StringComparison.Ordinal)}'";
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var record = await RecordAsync(row, cancellation);
            if (!string.IsNullOrEmpty(prefix) && !record.Id.StartsWith(prefix, StringComparison.Ordinal))
                yield break;
            yield return record;
        }
    }
}
