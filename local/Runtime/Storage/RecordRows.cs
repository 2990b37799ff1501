using System.Collections.Immutable;
using System.Text.Json;
using Azure.Data.Tables;
using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;

namespace LocalFunctions.Storage;

/// <summary>An orchestration's record as a row, and back.</summary>
internal sealed class RecordRows(PayloadStore payloads)
{
    /// <summary>Whether a start of the engine has to take it up: it is under way, or owes an answer.</summary>
    public const string IsOpen = "IsOpen";

    public async Task<TableEntity> ToRowAsync(InstanceRecord record, CancellationToken cancellation)
    {
        var row = new TableEntity(Keys.Partition(record.Id), Keys.Record)
        {
            [nameof(record.Id)] = record.Id,
            [nameof(record.Name)] = record.Name,
            [nameof(record.Version)] = record.Version,
            [nameof(record.Status)] = record.Status.ToString(),
            [nameof(record.CreatedAt)] = record.CreatedAt,
            [nameof(record.UpdatedAt)] = record.UpdatedAt,
            [nameof(record.StartAt)] = record.StartAt,
            [nameof(record.Generation)] = record.Generation,
            [nameof(record.TurnsSent)] = record.TurnsSent,
            [nameof(record.OwesAnswer)] = record.OwesAnswer,
            [nameof(record.CustomStatus)] = record.CustomStatus,
            [IsOpen] = !record.IsOver || record.OwesAnswer,
        };
        // A blob of the next generation must not overwrite one that the row still names.
        var folder = Keys.Turns(record.Generation);
        await payloads.PutAsync(row, nameof(record.SuspendReason), record.SuspendReason, folder, cancellation);
        await payloads.PutAsync(row, nameof(record.Callers), ToJson(record.Callers, record.Callers.Length), folder, cancellation);
        await payloads.PutAsync(row, nameof(record.Origins), ToJson(record.Origins, record.Origins.Length), folder, cancellation);
        await payloads.PutAsync(row, nameof(record.Tags), ToJson(record.Tags, record.Tags.Count), folder, cancellation);
        await payloads.PutAsync(row, nameof(record.Failure), record.Failure is null ? null : JsonSerializer.Serialize(record.Failure), folder, cancellation);
        await payloads.PutAsync(row, nameof(record.Input), record.Input, folder, cancellation);
        await payloads.PutAsync(row, nameof(record.Output), record.Output, folder, cancellation);
        return row;
    }

    /// <param name="withPayloads">Whether input and output, which may be large, are wanted.</param>
    public async Task<InstanceRecord> FromRowAsync(TableEntity row, bool withPayloads, CancellationToken cancellation) => new()
    {
        Id = row.GetString(nameof(InstanceRecord.Id)),
        Name = row.GetString(nameof(InstanceRecord.Name)),
        Version = row.GetString(nameof(InstanceRecord.Version)),
        Status = Enum.Parse<OrchestrationRuntimeStatus>(row.GetString(nameof(InstanceRecord.Status))),
        CreatedAt = row.GetDateTimeOffset(nameof(InstanceRecord.CreatedAt))!.Value,
        UpdatedAt = row.GetDateTimeOffset(nameof(InstanceRecord.UpdatedAt))!.Value,
        StartAt = row.GetDateTimeOffset(nameof(InstanceRecord.StartAt)),
        Generation = row.GetInt32(nameof(InstanceRecord.Generation)) ?? 0,
        TurnsSent = row.GetInt32(nameof(InstanceRecord.TurnsSent)) ?? 0,
        OwesAnswer = row.GetBoolean(nameof(InstanceRecord.OwesAnswer)) ?? false,
        CustomStatus = row.GetString(nameof(InstanceRecord.CustomStatus)),
        SuspendReason = await payloads.GetAsync(row, nameof(InstanceRecord.SuspendReason), cancellation),
        Callers = await FromJsonAsync<ImmutableArray<Caller>?>(row, nameof(InstanceRecord.Callers), cancellation) ?? [],
        Origins = await FromJsonAsync<ImmutableArray<string>?>(row, nameof(InstanceRecord.Origins), cancellation) ?? [],
        Tags = await FromJsonAsync<ImmutableDictionary<string, string>>(row, nameof(InstanceRecord.Tags), cancellation) ?? ImmutableDictionary<string, string>.Empty,
        Failure = await FromJsonAsync<TaskFailureDetails>(row, nameof(InstanceRecord.Failure), cancellation),
        Input = withPayloads ? await payloads.GetAsync(row, nameof(InstanceRecord.Input), cancellation) : null,
        Output = withPayloads ? await payloads.GetAsync(row, nameof(InstanceRecord.Output), cancellation) : null,
    };

    private static string? ToJson<T>(T value, int count) => count == 0 ? null : JsonSerializer.Serialize(value);

    private async Task<T?> FromJsonAsync<T>(TableEntity row, string property, CancellationToken cancellation) =>
        await payloads.GetAsync(row, property, cancellation) is { } json ? JsonSerializer.Deserialize<T>(json) : default;
}
