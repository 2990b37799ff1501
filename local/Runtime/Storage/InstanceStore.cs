using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using LocalFunctions.Replay;

namespace LocalFunctions.Storage;

/// <summary>
/// Orchestrations in Table storage: a partition each, with a row for its record, a row for each turn and a row for each message
/// that it has not seen. A turn is one row, written together with all that changes with it, so it has happened or it has not.
/// </summary>
internal sealed class InstanceStore
{
    /// <summary>Messages that one turn may take: a transaction holds 100 rows.</summary>
    public const int MaxMessagesPerTurn = 90;

    private const string InboxFolder = "inbox";
    private const string Events = "Events";
    private const string Generation = "Generation";
    private readonly TableClient table;
    private readonly BlobContainerClient container;
    private readonly PayloadStore payloads;
    private readonly RecordRows records;
    private readonly WriteGate gate;
    private long lastTicket;

    public InstanceStore(string connectionString, string taskHub, WriteGate gate)
    {
        this.gate = gate;
        // The client's own logging and tracing cost time at each write, and say nothing that ours does not.
        table = new TableClient(connectionString, taskHub + "Instances", new TableClientOptions { Diagnostics = { IsLoggingEnabled = false, IsDistributedTracingEnabled = false } });
        container = new BlobContainerClient(connectionString, Container(taskHub));
        payloads = new PayloadStore(container, gate);
        records = new RecordRows(payloads);
    }

    /// <summary>The container of a hub's payloads and of its lease.</summary>
    public static string Container(string taskHub) => taskHub.ToLowerInvariant() + "-instances";

    public async Task CreateAsync(CancellationToken cancellation)
    {
        await table.CreateIfNotExistsAsync(cancellation);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
    }

    public async Task<InstanceRecord?> FindAsync(string id, bool withPayloads, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Keys.Partition(id), Keys.Record, cancellationToken: cancellation);
        return row.HasValue ? await records.FromRowAsync(row.Value!, withPayloads, cancellation) : null;
    }

    public async Task SaveAsync(InstanceRecord record, CancellationToken cancellation)
    {
        var row = await records.ToRowAsync(record, cancellation);
        await gate.WriteAsync(() => table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation));
    }

    /// <summary>Puts a message into the inbox of an orchestration.</summary>
    /// <returns>The message with its ticket; tickets count up.</returns>
    public async Task<Message> AddAsync(string id, Message message, CancellationToken cancellation)
    {
        var ticket = Interlocked.Increment(ref lastTicket);
        var row = new TableEntity(Keys.Partition(id), Keys.Inbox(ticket)) { [Generation] = message.Generation };
        await payloads.PutAsync(row, Events, HistoryEvent.Write([message.Event]), InboxFolder, cancellation);
        await gate.WriteAsync(() => table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation));
        return message with { Ticket = ticket };
    }

    /// <summary>A turn has happened: its row, what it took from the inbox, and the record where it changed, all or nothing.</summary>
    public async Task CommitAsync(string id, int generation, int turn, IReadOnlyList<HistoryEvent> events, InstanceRecord? changed, IReadOnlyList<long> taken, CancellationToken cancellation)
    {
        var row = new TableEntity(Keys.Partition(id), Keys.Turn(generation, turn));
        await payloads.PutAsync(row, Events, HistoryEvent.Write(events), Keys.Turns(generation), cancellation);
        List<TableTransactionAction> actions = [new(TableTransactionActionType.UpsertReplace, row)];
        if (changed is not null)
            actions.Add(new(TableTransactionActionType.UpsertReplace, await records.ToRowAsync(changed, cancellation)));
        actions.AddRange(taken.Select(ticket => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(row.PartitionKey, Keys.Inbox(ticket)))));
        if (actions.Count == 1)
            await gate.WriteAsync(() => table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation));
        else
            await gate.WriteAsync(() => SubmitAsync(row, actions, cancellation));
    }

    /// <summary>Deletes the turns of earlier generations.</summary>
    public Task ForgetBeforeAsync(InstanceRecord record, CancellationToken cancellation) =>
        DeleteAsync(record.Id, key => key[0] == 't' && !key.StartsWith(Keys.Turns(record.Generation), StringComparison.Ordinal), cancellation);

    /// <summary>Deletes all but the record.</summary>
    public Task ForgetHistoryAsync(string id, CancellationToken cancellation) => DeleteAsync(id, key => key != Keys.Record, cancellation);

    /// <summary>Deletes everything. The record goes last, so that one that was interrupted can be deleted again.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellation)
    {
        await ForgetHistoryAsync(id, cancellation);
        await DeleteAsync(id, key => key == Keys.Record, cancellation);
    }

    /// <summary>All that were under way, or owe an answer.</summary>
    public async Task<IReadOnlyList<string>> FindOpenAsync(CancellationToken cancellation)
    {
        List<string> ids = [];
        await foreach (var row in table.QueryAsync<TableEntity>($"RowKey eq '{Keys.Record}' and {RecordRows.IsOpen} eq true", select: ["Id"], cancellationToken: cancellation))
            ids.Add(row.GetString("Id"));
        return ids;
    }

    public async Task<StoredInstance?> LoadAsync(string id, CancellationToken cancellation)
    {
        var rows = new SortedDictionary<string, TableEntity>(StringComparer.Ordinal);
        var partition = Keys.Partition(id);
        await foreach (var row in table.QueryAsync<TableEntity>(entity => entity.PartitionKey == partition, cancellationToken: cancellation))
            rows[row.RowKey] = row;
        if (!rows.TryGetValue(Keys.Record, out var own))
            return null;
        var record = await records.FromRowAsync(own, withPayloads: true, cancellation);
        List<IReadOnlyList<HistoryEvent>> turns = [];
        while (rows.TryGetValue(Keys.Turn(record.Generation, turns.Count), out var turn))
            turns.Add(await ReadAsync(turn, cancellation));
        List<Message> inbox = [];
        foreach (var (key, row) in rows.Where(row => row.Key[0] == 'm'))
        {
            inbox.Add(new((await ReadAsync(row, cancellation))[0], row.GetInt32(Generation), Keys.Ticket(key)));
            lastTicket = Math.Max(lastTicket, Keys.Ticket(key));
        }
        return new(record, turns, inbox);
    }

    /// <summary>Records by id, after one and up to a number of them.</summary>
    public async IAsyncEnumerable<InstanceRecord> QueryAsync(string? prefix, string? after, bool withPayloads, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = $"RowKey eq '{Keys.Record}'";
        if (prefix is not null)
            filter += string.Create(CultureInfo.InvariantCulture, $" and PartitionKey ge '{Quote(Keys.EscapeAll(prefix))}' and PartitionKey lt '{Quote(Keys.EscapeAll(prefix))}\uffff'");
        if (after is not null)
            filter += $" and PartitionKey gt '{Quote(Keys.Partition(after))}'";
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return await records.FromRowAsync(row, withPayloads, cancellation);
    }

    private async Task<bool> SubmitAsync(TableEntity turn, List<TableTransactionAction> actions, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(actions, cancellation);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            // Tried again after an answer was lost: the messages are gone because the turn was written.
            if ((await table.GetEntityIfExistsAsync<TableEntity>(turn.PartitionKey, turn.RowKey, cancellationToken: cancellation)).HasValue)
                return false;
            throw;
        }
    }

    private static string Quote(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private async Task<IReadOnlyList<HistoryEvent>> ReadAsync(TableEntity row, CancellationToken cancellation) => HistoryEvent.Read((await payloads.GetAsync(row, Events, cancellation))!);

    private async Task DeleteAsync(string id, Func<string, bool> isMeant, CancellationToken cancellation)
    {
        var partition = Keys.Partition(id);
        List<TableEntity> rows = [];
        await foreach (var row in table.QueryAsync<TableEntity>(entity => entity.PartitionKey == partition, cancellationToken: cancellation))
        {
            if (isMeant(row.RowKey))
                rows.Add(row);
        }
        foreach (var some in rows.Chunk(100))
            await gate.WriteAsync(() => table.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(row.PartitionKey, row.RowKey))), cancellation));
        if (rows.Exists(PayloadStore.HasBlob))
            await payloads.DeleteAsync(partition, path => IsMeantBlob(path, isMeant), cancellation);
    }

    private static bool IsMeantBlob(string path, Func<string, bool> isMeantRow)
    {
        var parts = path.Split('/');
        // A record's blob goes with its generation's turns, unless everything goes.
        return parts[1] == Keys.Record ? isMeantRow(Keys.Record) || isMeantRow(parts[0]) : isMeantRow(parts[1]);
    }
}
