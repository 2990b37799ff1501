using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using DurableTask.Core;
using LocalHost.Durable;

namespace LocalHost.Storage;

// How an instance becomes rows, and rows an instance.
internal sealed partial class InstanceStore
{
    private static TableTransactionAction Upsert(TableEntity row) => new(TableTransactionActionType.UpsertReplace, row);

    private static string? ToJson<T>(T value, int count) => count == 0 ? null : JsonSerializer.Serialize(value);

    private static T? FromJson<T>(TableEntity row, string column)
        where T : class =>
        row.GetString(column) is { } json ? JsonSerializer.Deserialize<T>(json) : null;

    private async Task SubmitAsync(List<TableTransactionAction> actions, CancellationToken cancellation) =>
        await gate.WriteAsync(() => table.SubmitTransactionAsync(actions, cancellation));

    private async Task DeleteAsync(TableEntity row, CancellationToken cancellation)
    {
        await gate.WriteAsync(() => table.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellation));
        if (PayloadStore.BlobOf(row, Payload) is { } blob)
            await payloads.DeleteAsync(blob, cancellation);
    }

    private AsyncPageable<TableEntity> RowsAsync(string id, IEnumerable<string>? columns, CancellationToken cancellation)
    {
        var partition = Keys.Partition(id);
        return table.QueryAsync<TableEntity>(row => row.PartitionKey == partition, select: columns, cancellationToken: cancellation);
    }

    private async Task<List<TaskMessage>> MessagesAsync(TableEntity row, CancellationToken cancellation) =>
        EventCodec.ReadMessages(await payloads.GetAsync(row, Payload, cancellation));

    private async Task<TableEntity> InboxRowAsync(
        InstanceRecord record, TaskMessage message, string? origin, CancellationToken cancellation)
    {
        var row = new TableEntity(Keys.Partition(record.Id), Keys.Inbox(NextTicket()))
        {
            [Generation] = record.Generation,
            [Origin] = origin,
        };
        await payloads.PutAsync(row, Payload, EventCodec.Write([message]), "1", cancellation);
        return row;
    }

    // Counts up over restarts, too: by the machine's clock, and by one where that stands still.
    private long NextTicket()
    {
        while (true)
        {
            var last = Interlocked.Read(ref lastTicket);
            var next = Math.Max(last + 1, TimeProvider.System.GetUtcNow().Ticks);
            if (Interlocked.CompareExchange(ref lastTicket, next, last) == last)
                return next;
        }
    }

    private async Task<TableEntity> RecordRowAsync(InstanceRecord record, CancellationToken cancellation)
    {
        var row = new TableEntity(Keys.Partition(record.Id), Keys.Record)
        {
            [nameof(record.Id)] = record.Id,
            [nameof(record.State.Name)] = record.State.Name,
            [nameof(record.State.OrchestrationStatus)] = record.State.OrchestrationStatus.ToString(),
            [nameof(record.ExecutionId)] = record.ExecutionId,
            [nameof(record.Generation)] = record.Generation,
            [nameof(record.Since)] = record.Since,
            [nameof(record.Turns)] = record.Turns,
            [nameof(record.StartAt)] = record.StartAt,
            [nameof(record.Heard)] = ToJson(record.Heard, record.Heard.Count),
            [IsOpen] = !record.IsOver,
        };
        var timers = ToJson(record.Timers, record.Timers.Count);
        if (timers is null || timers.Length <= LongestText)
            row[nameof(record.Timers)] = timers;
        if (!record.Activities.IsEmpty || record.StartAt is not null || timers?.Length > LongestText)
            row[HasWork] = true;
        await payloads.PutAsync(row, nameof(record.State), EventCodec.Write(record.State), Invariant(record), cancellation);
        return row;
    }

    private async Task<InstanceRecord> RecordAsync(TableEntity row, CancellationToken cancellation) => new()
    {
        State = EventCodec.ReadState(await payloads.GetAsync(row, nameof(InstanceRecord.State), cancellation)),
        Generation = row.GetInt32(nameof(InstanceRecord.Generation)) ?? 0,
        Since = row.GetInt32(nameof(InstanceRecord.Since)) ?? 0,
        Turns = row.GetInt32(nameof(InstanceRecord.Turns)) ?? 0,
        Heard = FromJson<ImmutableList<string>>(row, nameof(InstanceRecord.Heard)) ?? [],
    };

    private static string Invariant(InstanceRecord record) =>
        string.Create(CultureInfo.InvariantCulture, $"{record.Generation}-{record.Turns}");
}
