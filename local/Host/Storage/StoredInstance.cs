using System.Collections.Immutable;
using DurableTask.Core;
using DurableTask.Core.History;
using LocalHost.Durable;

namespace LocalHost.Storage;

/// <param name="Outbox">What turns have sent and may not have arrived, by the key of its row.</param>
internal sealed record StoredInstance(
    InstanceRecord Record, List<HistoryEvent> History, List<InboxMessage> Inbox, SortedDictionary<string, List<TaskMessage>> Outbox);

/// <param name="Partition">Its partition.</param>
internal sealed record OpenInstance(string Partition)
{
    /// <summary>Null for one that is over and has messages on their way.</summary>
    public string? Id { get; init; }

    public string ExecutionId { get; init; } = "";

    public ImmutableSortedDictionary<int, DateTime> Timers { get; init; } = ImmutableSortedDictionary<int, DateTime>.Empty;

    /// <summary>It has to be loaded now, not when a timer or an event comes.</summary>
    public bool HasWork { get; init; }
}
