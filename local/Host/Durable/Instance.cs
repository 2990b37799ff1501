using System.Collections.Immutable;
using DurableTask.Core;
using DurableTask.Core.History;

namespace LocalHost.Durable;

/// <summary>What is kept of an orchestration beside its history: one row, written with every turn.</summary>
internal sealed record InstanceRecord
{
    public required OrchestrationState State { get; init; }

    /// <summary>Counts up whenever the id begins a new history: continued as new, or started again.</summary>
    public int Generation { get; init; }

    /// <summary>The generation since which messages are meant for this orchestration: an earlier one of the same id is over.</summary>
    public int Since { get; init; }

    /// <summary>Turns taken in this generation.</summary>
    public int Turns { get; init; }

    /// <summary>Timers that have been set and have not gone off, by id.</summary>
    public ImmutableSortedDictionary<int, DateTime> Timers { get; init; } = ImmutableSortedDictionary<int, DateTime>.Empty;

    /// <summary>Activities that have been scheduled and have not ended.</summary>
    public ImmutableHashSet<int> Activities { get; init; } = [];

    /// <summary>Messages of other orchestrations that were taken last, so that one that comes again after a crash is known.</summary>
    public ImmutableList<string> Heard { get; init; } = [];

    /// <summary>The same, after more has happened.</summary>
    public InstanceRecord After(IEnumerable<HistoryEvent> events)
    {
        var (timers, activities) = (Timers.ToBuilder(), Activities.ToBuilder());
        foreach (var happened in events)
        {
            switch (happened)
            {
                case TimerCreatedEvent set: timers[set.EventId] = set.FireAt; break;
                case TimerFiredEvent fired: timers.Remove(fired.TimerId); break;
                case TaskScheduledEvent scheduled: activities.Add(scheduled.EventId); break;
                case TaskCompletedEvent completed: activities.Remove(completed.TaskScheduledId); break;
                case TaskFailedEvent failed: activities.Remove(failed.TaskScheduledId); break;
            }
        }
        return this with { Timers = timers.ToImmutable(), Activities = activities.ToImmutable() };
    }

    public string Id => State.OrchestrationInstance.InstanceId;

    public string ExecutionId => State.OrchestrationInstance.ExecutionId;

    public bool IsOver => State.OrchestrationStatus is
        OrchestrationStatus.Completed or OrchestrationStatus.Failed or OrchestrationStatus.Terminated or OrchestrationStatus.Canceled;

    /// <summary>Null once it may begin, or has.</summary>
    public DateTimeOffset? StartAt =>
        Turns == 0 && Generation == Since && State.ScheduledStartTime is { } moment ? new(moment, TimeSpan.Zero) : null;
}

/// <param name="RowKey">Where it is kept until a turn takes it; null for what would be found out again: an activity's end, a timer.</param>
/// <param name="Origin">Which message of which orchestration it is; null for a client's.</param>
internal sealed record InboxMessage(TaskMessage Message, string? RowKey, string? Origin);

/// <summary>An orchestration in memory, while something happens to it. Whoever changes it holds its id's lock.</summary>
internal sealed class Instance(InstanceRecord record, List<HistoryEvent> history)
{
    public string Id => Record.Id;

    public InstanceRecord Record { get; set; } = record;

    public List<HistoryEvent> History { get; set; } = history;

    public Queue<InboxMessage> Inbox { get; set; } = [];

    /// <summary>What the turn under way has taken.</summary>
    public List<InboxMessage> Taken { get; set; } = [];

    public bool IsQueued { get; set; }

    public bool IsRunning { get; set; }

    /// <summary>Another object stands for this id now: the turn that still runs comes to nothing.</summary>
    public bool IsReplaced { get; set; }

    public bool IsIdle => !IsQueued && !IsRunning && Inbox.Count == 0 && Record.Activities.IsEmpty;

    public bool HasHeard(string origin) => Record.Heard.Contains(origin) || Inbox.Concat(Taken).Any(message => message.Origin == origin);
}
