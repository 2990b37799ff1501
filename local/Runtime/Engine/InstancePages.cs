using System.Runtime.CompilerServices;
using System.Text;
using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;
using LocalFunctions.Storage;

namespace LocalFunctions.Engine;

/// <summary>Orchestrations that match a query, by id, page by page.</summary>
internal sealed class InstancePages(Hub hub, OrchestrationQuery query) : AsyncPageable<OrchestrationMetadata>
{
    public override IAsyncEnumerable<Page<OrchestrationMetadata>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        ReadAsync(continuationToken ?? query.ContinuationToken, pageSizeHint ?? query.PageSize);

    private async IAsyncEnumerable<Page<OrchestrationMetadata>> ReadAsync(string? token, int size, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var after = token is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(token));
        List<OrchestrationMetadata> page = [];
        await foreach (var stored in hub.Store.QueryAsync(query.InstanceIdPrefix, after, query.FetchInputsAndOutputs, cancellation))
        {
            // What is under way is known better in memory.
            var record = hub.Live.TryGetValue(stored.Id, out var live) ? live.Record : stored;
            if (!IsMatch(record))
                continue;
            if (page.Count == size)
            {
                yield return new(page, Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].InstanceId)));
                page = [];
            }
            page.Add(Metadata.Of(record, query.FetchInputsAndOutputs));
        }
        if (page.Count > 0)
            yield return new(page);
    }

    private bool IsMatch(InstanceRecord record)
    {
        if (record.CreatedAt < query.CreatedFrom || record.CreatedAt > query.CreatedTo)
            return false;
        return query.Statuses is not { } statuses || !statuses.Any() || statuses.Contains(record.Status);
    }
}

/// <summary>What a client is shown of a record.</summary>
internal static class Metadata
{
    /// <param name="withPayloads">As on the Functions host, custom status is shown only with them, and reads "null" where none was set.</param>
    public static OrchestrationMetadata Of(InstanceRecord record, bool withPayloads) => new(record.Name, record.Id)
    {
        RuntimeStatus = record.Status,
        CreatedAt = record.CreatedAt,
        LastUpdatedAt = record.UpdatedAt,
        Tags = record.Tags,
        DataConverter = DataConverter.Default,
        HasPayloads = withPayloads,
        SerializedInput = withPayloads ? record.Input : null,
        SerializedOutput = !withPayloads ? null : record.Status == OrchestrationRuntimeStatus.Suspended ? record.SuspendReason : record.Output,
        SerializedCustomStatus = withPayloads ? record.CustomStatus ?? "null" : null,
    };
}
