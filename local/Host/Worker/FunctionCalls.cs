using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using DurableTask.Core;
using Google.Protobuf;
using LocalHost.Worker.Rpc;
using Microsoft.Extensions.Logging;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalHost.Worker;

/// <summary>Calls functions the way each kind of trigger calls them.</summary>
/// <param name="durableClient">What a durable client is made from, as JSON.</param>
internal sealed class FunctionCalls(
    WorkerChannel channel, IReadOnlyList<Function> functions, string durableClient, TimeSpan timeout, ILogger logger) : IDurableWorker
{
    private readonly Dictionary<string, Function> orchestrators = ByName(functions, "orchestrationTrigger", "orchestration");
    private readonly Dictionary<string, Function> activities = ByName(functions, "activityTrigger", "activity");

    public async Task<Outcome<P.OrchestratorResponse>> TakeTurnAsync(string name, P.OrchestratorRequest request)
    {
        if (!orchestrators.TryGetValue(name, out var function))
            return new(null, Unknown(name, "an orchestrator"));
        var ended = await CallAsync(function, new Value { Text = Convert.ToBase64String(request.ToByteArray()) });
        return ended.Result.Status == CallResult.Types.Status.Success
            ? new(P.OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(TextOf(ended)!)))
            : new(null, FailureOf(ended));
    }

    public async Task<Outcome<string>> RunActivityAsync(string name, string instanceId, string input)
    {
        if (!activities.TryGetValue(name, out var function))
            return new(null, Unknown(name, "an activity"));
        var request = Request(function, new Value { Text = input }, Guid.NewGuid().ToString());
        request.TriggerMetadata["instanceId"] = new Value { Json = JsonSerializer.Serialize(instanceId) };
        var ended = await CallAsync(request, CancellationToken.None);
        return ended.Result.Status == CallResult.Types.Status.Success ? new(JsonOf(ended)) : new(null, FailureOf(ended));
    }

    /// <param name="timer">What the function is told of its schedule, as JSON.</param>
    /// <returns>False where it failed; that has been logged.</returns>
    public async Task<bool> RunTimerAsync(Function function, string timer, CancellationToken cancellation)
    {
        var ended = await CallAsync(function, new Value { Json = timer }, cancellation: cancellation);
        if (ended.Result.Status == CallResult.Types.Status.Success)
            return true;
        // Its message may name a person; the app's own middleware has told what may be told.
        logger.LogError("The function {Function} failed.", function.Name);
        return false;
    }

    /// <summary>The half of an HTTP call that goes over the stream; the request itself goes to the worker's own address.</summary>
    /// <param name="route">The values in the address.</param>
    public Task<InvocationEnded> RunHttpAsync(
        Function function, string invocationId, HttpCall call, IEnumerable<KeyValuePair<string, string>> route,
        CancellationToken cancellation)
    {
        var request = Request(function, new Value { Http = call }, invocationId);
        foreach (var (name, value) in route)
            request.TriggerMetadata[name] = new Value { Text = value };
        return CallAsync(request, cancellation);
    }

    private Task<InvocationEnded> CallAsync(Function function, Value trigger, CancellationToken cancellation = default) =>
        CallAsync(Request(function, trigger, Guid.NewGuid().ToString()), cancellation);

    private async Task<InvocationEnded> CallAsync(Invocation request, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(timeout);
        return await channel.InvokeAsync(request, patience.Token);
    }

    private Invocation Request(Function function, Value trigger, string invocationId)
    {
        var request = new Invocation
        {
            InvocationId = invocationId,
            FunctionId = function.Id,
            Arguments = { new Argument { Name = function.TriggerName, Data = trigger } },
            // The worker wants one; without an id in it, each call is a trace of its own.
            Trace = new Trace(),
        };
        request.Arguments.AddRange(
            function.DurableClients.Select(name => new Argument { Name = name, Data = new Value { Text = durableClient } }));
        return request;
    }

    private static Dictionary<string, Function> ByName(IEnumerable<Function> functions, string trigger, string nameProperty) => functions
        .Where(function => function.TriggerType.Equals(trigger, StringComparison.OrdinalIgnoreCase))
        .ToDictionary(function => function.Text(nameProperty) ?? function.Name, StringComparer.OrdinalIgnoreCase);

    private static string? TextOf(InvocationEnded ended) => ended.ReturnValue?.DataCase switch
    {
        Value.DataOneofCase.Text => ended.ReturnValue.Text,
        Value.DataOneofCase.Json => ended.ReturnValue.Json,
        _ => null,
    };

    private static string? JsonOf(InvocationEnded ended) =>
        ended.ReturnValue?.DataCase == Value.DataOneofCase.Text ? JsonSerializer.Serialize(ended.ReturnValue.Text) : TextOf(ended);

    private static FailureDetails Unknown(string name, string kind) =>
        Failure("(unknown)", $"The function '{name}' doesn't exist, is disabled, or is not {kind} function.");

    /// <summary>
    /// As the Functions host has it. Of a durable function the worker tells type, message and cause as JSON; of another, what stands
    /// before the first colon of the message is taken for the type of the exception.
    /// </summary>
    private static FailureDetails FailureOf(InvocationEnded ended)
    {
        var message = ended.Result.Failure?.Message ?? "(unknown)";
        if (message.StartsWith('{') && TryRead(message, out var told))
            return FailureOf(told);
        return message.Split(": ", 2) is [var type, var rest]
            ? Failure(type.TrimEnd(), rest.Split('\n')[0].TrimEnd())
            : Failure("(unknown)", message);
    }

    private static FailureDetails FailureOf(ToldFailure told) => new(
        told.ErrorType ?? "(unknown)",
        told.ErrorMessage ?? "",
        told.StackTrace,
        told.InnerFailure is { } inner ? FailureOf(inner) : null,
        isNonRetriable: false);

    private static bool TryRead(string message, [NotNullWhen(true)] out ToldFailure? told)
    {
        try
        {
            told = JsonSerializer.Deserialize<ToldFailure>(message, JsonSerializerOptions.Web);
            return told?.ErrorType is not null;
        }
        catch (JsonException)
        {
            told = null;
            return false;
        }
    }

    private static FailureDetails Failure(string type, string message) =>
        new(type, message, stackTrace: null, innerFailure: null, isNonRetriable: false);

    private sealed record ToldFailure(string? ErrorType, string? ErrorMessage, string? StackTrace, ToldFailure? InnerFailure);
}
