using System.Text.Json;
using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Grpc;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Operations.Health;
using Kind = Microsoft.DurableTask.Protobuf.HistoryEvent.EventTypeOneofCase;
using P = Microsoft.DurableTask.Protobuf;

namespace Spectrum.PrivacyFlows.Tests.Upgrades;

/// <summary>
/// A history as it is kept in a file: the official protobuf as JSON, an event a line; and its replay by the official worker.
/// </summary>
internal sealed class RecordedHistory
{
    private readonly List<List<P.HistoryEvent>> turns = [];

    public RecordedHistory(IEnumerable<P.HistoryEvent> events)
    {
        foreach (var happened in events)
        {
            if (happened.EventTypeCase == Kind.OrchestratorStarted)
                turns.Add([]);
            turns[^1].Add(happened);
        }
    }

    public int TurnCount => turns.Count;

    public static RecordedHistory Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return new([.. json.RootElement.EnumerateArray().Select(happened => P.HistoryEvent.Parser.ParseJson(happened.GetRawText()))]);
    }

    public Task WriteAsync(string file, CancellationToken cancellation) =>
        File.WriteAllTextAsync(file, $"[\n{string.Join(",\n", turns.SelectMany(turn => turn).Select(Line))}\n]\n", cancellation);

    /// <summary>The same, changed.</summary>
    public RecordedHistory With(Action<P.HistoryEvent> change)
    {
        List<P.HistoryEvent> changed = [.. turns.SelectMany(turn => turn).Select(happened => happened.Clone())];
        changed.ForEach(change);
        return new(changed);
    }

    /// <summary>What the story did in a turn, a line each.</summary>
    public IReadOnlyList<string> Recorded(int turn) => [.. turns[turn].Select(Did).OfType<string>()];

    /// <summary>What a story does in that turn when it has been through those before, a line each.</summary>
    public IReadOnlyList<string> Replayed(int turn, Func<TaskOrchestrationContext, string, Task<string>> story)
    {
        var request = new P.OrchestratorRequest
        {
            InstanceId = StoryHost.CaseId,
            PastEvents = { turns.Take(turn).SelectMany(events => events) },
            NewEvents = { turns[turn].Where(happened => Did(happened) is null && happened.EventTypeCase != Kind.OrchestratorCompleted) },
        };
        var answer = GrpcOrchestrationRunner.LoadAndRun<string,
            string>(Convert.ToBase64String(request.ToByteArray()), async (context, input) => await story(context, input!));
        return [.. P.OrchestratorResponse.Parser.ParseFrom(
            Convert.FromBase64String(answer)).Actions.OrderBy(action => action.Id).Select(Does)];
    }

    private static string? Did(P.HistoryEvent happened) => happened.EventTypeCase switch
    {
        Kind.TaskScheduled => $"#{happened.EventId} {happened.TaskScheduled.Name} {happened.TaskScheduled.Input}",
        Kind.TimerCreated => $"#{happened.EventId} timer {happened.TimerCreated.FireAt.ToDateTime():O}",
        Kind.EventSent => $"#{happened.EventId} event {happened.EventSent.Name} to {happened.EventSent.InstanceId}",
        Kind.SubOrchestrationInstanceCreated => $"#{happened.EventId} child {happened.SubOrchestrationInstanceCreated.Name}",
        Kind.ExecutionCompleted =>
            $"#{happened.EventId} {happened.ExecutionCompleted.OrchestrationStatus} {happened.ExecutionCompleted.Result}",
        _ => null,
    };

    private static string Does(P.OrchestratorAction action) => action.OrchestratorActionTypeCase switch
    {
        P.OrchestratorAction.OrchestratorActionTypeOneofCase.ScheduleTask =>
            $"#{action.Id} {action.ScheduleTask.Name} {action.ScheduleTask.Input}",
        P.OrchestratorAction.OrchestratorActionTypeOneofCase.CreateTimer =>
            $"#{action.Id} timer {action.CreateTimer.FireAt.ToDateTime():O}",
        P.OrchestratorAction.OrchestratorActionTypeOneofCase.SendEvent =>
            $"#{action.Id} event {action.SendEvent.Name} to {action.SendEvent.Instance.InstanceId}",
        P.OrchestratorAction.OrchestratorActionTypeOneofCase.CreateSubOrchestration =>
            $"#{action.Id} child {action.CreateSubOrchestration.Name}",
        P.OrchestratorAction.OrchestratorActionTypeOneofCase.CompleteOrchestration =>
            $"#{action.Id} {action.CompleteOrchestration.OrchestrationStatus} {OutcomeOf(action.CompleteOrchestration)}",
        _ => action.ToString(),
    };

    private static string OutcomeOf(P.CompleteOrchestrationAction end) => end.FailureDetails?.ErrorMessage ?? end.Result;

    /// <summary>Without what differs from one recording to the next.</summary>
    private static string Line(P.HistoryEvent happened)
    {
        var kept = happened.Clone();
        if (kept.ExecutionStarted is { } start)
            (start.OrchestrationInstance.ExecutionId, start.ParentTraceContext) = ("execution", null);
        if (kept.TaskScheduled is { } scheduled)
            scheduled.ParentTraceContext = null;
        if (kept.TaskFailed?.FailureDetails is { } failure)
            failure.StackTrace = null;
        return JsonFormatter.Default.Format(kept);
    }
}
