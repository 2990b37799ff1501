using System.Text.Json;
using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Core.Middleware;
using LocalHost.Worker;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalHost.Durable;

/// <summary>Hands each turn and each activity to the worker, as the Durable extension of the Functions host does.</summary>
internal sealed class WorkerDispatch(IDurableWorker worker, TimeProvider clock)
{
    // As the Functions host has it: 16 KB, two bytes a character.
    private const int LongestStatus = 8192;

    private static FailureDetails TooMuchStatus { get; } = new(
        typeof(ArgumentException).FullName!, "The custom status is longer than 8,192 characters of JSON.",
        stackTrace: null, innerFailure: null, isNonRetriable: false);

    /// <summary>One turn of an orchestration: past and new events go out, what it wants next comes back.</summary>
    public async Task TakeTurnAsync(DispatchMiddlewareContext context)
    {
        var state = context.GetProperty<OrchestrationRuntimeState>();
        // The engine stamps events with the machine's time; what the orchestration is told, and what is kept, is ours.
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var happened in state.NewEvents)
            happened.Timestamp = now;
        var request = new P.OrchestratorRequest
        {
            InstanceId = state.OrchestrationInstance!.InstanceId,
            ExecutionId = state.OrchestrationInstance.ExecutionId,
            PastEvents = { state.PastEvents.Select(ProtobufUtils.ToHistoryEventProto) },
            NewEvents = { state.NewEvents.Select(ProtobufUtils.ToHistoryEventProto) },
        };
        var answer = await AskAsync(() => worker.TakeTurnAsync(state.Name, request));
        if (answer.Response?.CustomStatus is { Length: > LongestStatus })
            answer = new(null, TooMuchStatus);
        context.SetProperty(answer.Response is { } response
            ? new OrchestratorExecutionResult
            {
                Actions = [.. response.Actions.Select(ProtobufUtils.ToOrchestratorAction)],
                CustomStatus = response.CustomStatus,
            }
            : Failed(answer.Failure!));
    }

    public async Task RunActivityAsync(DispatchMiddlewareContext context)
    {
        var (instance, scheduled) = (context.GetProperty<OrchestrationInstance>(), context.GetProperty<TaskScheduledEvent>());
        var answer = await AskAsync(() => worker.RunActivityAsync(scheduled.Name!, instance.InstanceId, Input(scheduled.Input)));
        context.SetProperty(new ActivityExecutionResult
        {
            ResponseEvent = answer.Failure is { } failure
                ? new TaskFailedEvent(
                    -1, scheduled.EventId, $"Function '{scheduled.Name}' failed with an unhandled exception.", details: null, failure)
                : new TaskCompletedEvent(-1, scheduled.EventId, answer.Response),
        });
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (WorkerGoneException gone)
        {
            // Not the function's fault: the engine has it done again.
            throw new SessionAbortedException(gone.Message);
        }
    }

    private static OrchestratorExecutionResult Failed(FailureDetails failure) => new()
    {
        Actions =
        [
            new OrchestrationCompleteOrchestratorAction
            {
                OrchestrationStatus = OrchestrationStatus.Failed,
                Result = failure.ErrorMessage,
                FailureDetails = failure,
            },
        ],
    };

    // The worker's client wraps an activity's input into an array of one.
    private static string Input(string? scheduled)
    {
        if (scheduled is null)
            return "null";
        using var json = JsonDocument.Parse(scheduled);
        return json.RootElement is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() == 1
            ? array[0].GetRawText()
            : scheduled;
    }
}
