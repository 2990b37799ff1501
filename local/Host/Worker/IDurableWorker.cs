using DurableTask.Core;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalHost.Worker;

/// <summary>Runs orchestrations and activities by their functions' names.</summary>
internal interface IDurableWorker
{
    /// <exception cref="WorkerGoneException">The worker ended meanwhile.</exception>
    Task<Outcome<P.OrchestratorResponse>> TakeTurnAsync(string name, P.OrchestratorRequest request);

    /// <param name="input">As JSON.</param>
    /// <returns>What it returned, as JSON.</returns>
    /// <exception cref="WorkerGoneException">The worker ended meanwhile.</exception>
    Task<Outcome<string>> RunActivityAsync(string name, string instanceId, string input);
}

/// <param name="Response">Null where the function returned nothing, or failed.</param>
/// <param name="Failure">Null where it did not fail.</param>
internal sealed record Outcome<T>(T? Response, FailureDetails? Failure = null)
    where T : class;

/// <summary>The worker ended while it was asked for something, or was not there.</summary>
internal sealed class WorkerGoneException() : Exception("The worker has ended.");
