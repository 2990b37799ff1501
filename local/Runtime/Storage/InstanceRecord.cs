using System.Collections.Immutable;
using LocalFunctions.DurableTask.Client;

namespace LocalFunctions.Storage;

/// <summary>A call that waits for this orchestration to end.</summary>
/// <param name="Generation">The caller's, at the time of the call.</param>
/// <param name="CallId">The call's position among the caller's durable calls.</param>
internal sealed record Caller(string InstanceId, string Name, int Generation, int CallId);

/// <summary>What is kept of an orchestration beside its history: one row.</summary>
internal sealed record InstanceRecord
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string Version { get; init; } = "";

    /// <summary>Of one that is under way the row says Pending; that it has begun shows in its history.</summary>
    public OrchestrationRuntimeStatus Status { get; init; } = OrchestrationRuntimeStatus.Pending;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Counts up whenever the id begins a new history: continue-as-new, or started again.</summary>
    public int Generation { get; init; }

    /// <summary>Turns whose messages to other orchestrations have all been handed over.</summary>
    public int TurnsSent { get; init; }

    /// <summary>Whether its callers still have to be told how it ended.</summary>
    public bool OwesAnswer { get; init; }

    public ImmutableArray<Caller> Callers { get; init; } = [];

    /// <summary>Events from other orchestrations that the last generation took, so that none is taken again.</summary>
    public ImmutableArray<string> Origins { get; init; } = [];

    public ImmutableDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    public string? Input { get; init; }

    public string? Output { get; init; }

    public string? CustomStatus { get; init; }

    /// <summary>Why it was suspended.</summary>
    public string? SuspendReason { get; init; }

    /// <summary>For the callers: metadata shows none, as on the Functions host.</summary>
    public DurableTask.TaskFailureDetails? Failure { get; init; }

    public bool IsOver => Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
