using System.Text.Json;
using System.Text.Json.Serialization;
using LocalFunctions.DurableTask;

namespace LocalFunctions.Replay;

internal enum EventKind
{
    TurnStarted,
    ActivityScheduled,
    ActivityCompleted,
    ActivityFailed,
    ChildScheduled,
    ChildCompleted,
    ChildFailed,
    TimerCreated,
    TimerFired,
    TimerCancelled,
    EventRaised,
    EventSent,

    /// <summary>An event that the generation before sent in its last turn: handed over, not replayed.</summary>
    EventForwarded,
}

/// <summary>One thing that happened to an orchestration, or that it did. Replay needs nothing else.</summary>
internal sealed record HistoryEvent(EventKind Kind)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Position of the call among the orchestration's durable calls; its outcome carries the same.</summary>
    public int? Id { get; init; }

    /// <summary>Of the activity, child or external event.</summary>
    public string? Name { get; init; }

    /// <summary>Input, result or event payload, as JSON.</summary>
    public string? Payload { get; init; }

    /// <summary>When the turn began, or when the timer is due. UTC.</summary>
    public DateTime? At { get; init; }

    /// <summary>The child's id, or the instance an event was sent to.</summary>
    public string? Target { get; init; }

    public string? Version { get; init; }

    public TaskFailureDetails? Failure { get; init; }

    /// <summary>Of an event that another orchestration sent: which of its calls sent it, so that it is taken once.</summary>
    public string? Origin { get; init; }

    public static string Write(IReadOnlyList<HistoryEvent> events) => JsonSerializer.Serialize(events, Json);

    public static IReadOnlyList<HistoryEvent> Read(string json) => JsonSerializer.Deserialize<HistoryEvent[]>(json, Json) ?? [];

    /// <summary>For people: "activity task 'Name' (#3)".</summary>
    public string Describe() => Kind switch
    {
        EventKind.ActivityScheduled => $"activity task '{Name}' (#{Id})",
        EventKind.ChildScheduled => $"sub-orchestration '{Name}' (#{Id})",
        EventKind.TimerCreated => $"durable timer (#{Id})",
        EventKind.EventSent => $"event '{Name}' sent (#{Id})",
        _ => $"{Kind} (#{Id})",
    };
}
