namespace LocalFunctions.DurableTask.Client;

/// <summary>Which completed orchestrations are purged; all conditions hold. One that has not completed never is.</summary>
public record PurgeInstancesFilter(DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null, IEnumerable<OrchestrationRuntimeStatus>? Statuses = null);

/// <param name="Recursive">Asks for sub-orchestrations to be purged too; the Functions host leaves them, and so does this one.</param>
public record PurgeInstanceOptions(bool Recursive = false);

/// <summary>How many were purged.</summary>
public class PurgeResult
{
    public PurgeResult(int count)
        : this(count, null)
    {
    }

    public PurgeResult(int count, bool? isComplete)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        PurgedInstanceCount = count;
        IsComplete = isComplete;
    }

    public int PurgedInstanceCount { get; }

    /// <summary>Null: not known.</summary>
    public bool? IsComplete { get; }
}
