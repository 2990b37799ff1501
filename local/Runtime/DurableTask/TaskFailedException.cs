namespace LocalFunctions.DurableTask;

/// <summary>An activity or sub-orchestrator that an orchestrator awaited has failed.</summary>
public sealed class TaskFailedException : Exception
{
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(Describe(taskName, taskId, innerException?.Message), innerException)
    {
        ArgumentNullException.ThrowIfNull(innerException);
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = TaskFailureDetails.FromException(innerException);
    }

    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base(Describe(taskName, taskId, failureDetails?.ErrorMessage))
    {
        TaskName = taskName;
        TaskId = taskId;
        // The host gives none for a child that was terminated or did not exist.
        FailureDetails = failureDetails!;
    }

    public string TaskName { get; }

    /// <summary>Position of the call among the orchestration's durable calls, from 0; each retry and its timer take one too.</summary>
    public int TaskId { get; }

    public TaskFailureDetails FailureDetails { get; }

    public bool IsCausedByException<T>()
        where T : Exception => FailureDetails?.IsCausedBy<T>() ?? false;

    private static string Describe(string taskName, int taskId, string? message)
    {
        var failed = $"Task '{taskName}' (#{taskId}) failed with an unhandled exception";
        return message is null ? failed + "." : $"{failed}: {message}";
    }
}
