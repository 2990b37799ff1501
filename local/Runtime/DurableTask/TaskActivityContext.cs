namespace LocalFunctions.DurableTask;

/// <summary>The activity that runs: its name and the orchestration that called it.</summary>
public abstract class TaskActivityContext
{
    public abstract TaskName Name { get; }

    public abstract string InstanceId { get; }

    public virtual string Version => "";
}
