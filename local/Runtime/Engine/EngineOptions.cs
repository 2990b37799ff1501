namespace LocalFunctions.Engine;

/// <summary>Where the engine keeps its state, and how much it does at once.</summary>
public sealed record EngineOptions
{
    public required string ConnectionString { get; init; }

    /// <summary>Prefix of the names of its table and container: 3 to 45 letters and digits, the first a letter.</summary>
    public string TaskHub { get; init; } = "DurableFunctionsHub";

    public int MaxConcurrentActivities { get; init; } = 10 * Environment.ProcessorCount;

    public int MaxConcurrentOrchestrators { get; init; } = 10 * Environment.ProcessorCount;
}
