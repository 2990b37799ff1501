namespace LocalFunctions.DurableTask.Client;

/// <summary>Which orchestrations are asked for; all conditions hold.</summary>
/// <param name="CreatedFrom">Not before.</param>
/// <param name="CreatedTo">Not after.</param>
/// <param name="Statuses">Null or none: any.</param>
/// <param name="TaskHubNames">Ignored here: there is one.</param>
/// <param name="InstanceIdPrefix">What the id begins with; case matters.</param>
/// <param name="PageSize">At least 1.</param>
/// <param name="FetchInputsAndOutputs">Whether inputs, outputs and custom status are wanted.</param>
/// <param name="ContinuationToken">Of an earlier page, to go on after it.</param>
public record OrchestrationQuery(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null,
    IEnumerable<string>? TaskHubNames = null,
    string? InstanceIdPrefix = null,
    int PageSize = 100,
    bool FetchInputsAndOutputs = false,
    string? ContinuationToken = null);

/// <summary>How an orchestration is ended.</summary>
/// <param name="Output">Becomes its output.</param>
/// <param name="Recursive">Asks for its sub-orchestrations to be ended too; the Functions host does not, nor does this one.</param>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
