using System.Collections.Immutable;

namespace LocalFunctions.DurableTask;

/// <summary>How an orchestration is started by a client.</summary>
public record StartOrchestrationOptions
{
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        Version = options.Version;
        DedupeStatuses = options.DedupeStatuses;
    }

    /// <summary>Null or empty: a new id, 32 lower-case hexadecimal digits.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Pending until then. Null, or a moment that has passed: at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    public TaskVersion? Version { get; init; }

    /// <summary>Statuses (names of OrchestrationRuntimeStatus) in which an instance of this id is not replaced; one that is not completed never is.</summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
