using LocalFunctions.DurableTask;

namespace LocalFunctions.Engine;

/// <summary>An orchestrator. It reads its input with <see cref="TaskOrchestrationContext.GetInput{T}"/>.</summary>
public delegate Task<object?> OrchestratorFunction(TaskOrchestrationContext context);

/// <summary>An activity. The token is cancelled when the host stops; an activity that has not ended then runs again at the next start.</summary>
public delegate Task<object?> ActivityFunction(string? inputJson, string instanceId, CancellationToken cancellation);

/// <summary>The orchestrators and activities of the app; names ignore case.</summary>
public interface IFunctionCatalogue
{
    /// <returns>Null where the app has none of that name.</returns>
    OrchestratorFunction? FindOrchestrator(string name);

    /// <inheritdoc cref="FindOrchestrator"/>
    ActivityFunction? FindActivity(string name);
}
