using LocalFunctions.DurableTask;
using LocalFunctions.Engine;
using Microsoft.Extensions.Logging;

namespace LocalFunctions.Replay;

/// <summary>What an orchestrator's code is given to run: who it is, what has happened, and what is new.</summary>
internal sealed record Turn
{
    public required string InstanceId { get; init; }

    public required string Name { get; init; }

    public string Version { get; init; } = "";

    public string? Input { get; init; }

    public ParentOrchestrationInstance? Parent { get; init; }

    public required OrchestratorFunction Function { get; init; }

    /// <summary>What earlier turns saw and did.</summary>
    public required IReadOnlyList<HistoryEvent> History { get; init; }

    /// <summary>What this turn sees for the first time; begins with <see cref="EventKind.TurnStarted"/>.</summary>
    public required IReadOnlyList<HistoryEvent> News { get; init; }

    public required ILoggerFactory Loggers { get; init; }
}

/// <summary>What a turn led to.</summary>
/// <param name="Actions">New activities, children, timers, events.</param>
/// <param name="CustomStatus">Null: it was not set.</param>
/// <param name="Ending">Null: the orchestration waits for something.</param>
internal sealed record TurnOutcome(IReadOnlyList<HistoryEvent> Actions, string? CustomStatus, Ending? Ending);

/// <summary>How an orchestration ended, or began anew.</summary>
internal abstract record Ending
{
    public sealed record Completed(string? Output) : Ending;

    public sealed record Failed(string Output, TaskFailureDetails? Failure) : Ending
    {
        public static Failed From(Exception exception) => new($"{exception.GetType().FullName}: {exception.Message}", TaskFailureDetails.FromException(exception));
    }

    public sealed record ContinuedAsNew(string? Input, string? Version, IReadOnlyList<HistoryEvent> Events) : Ending;
}
