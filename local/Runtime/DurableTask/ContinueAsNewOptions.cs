namespace LocalFunctions.DurableTask;

/// <summary>How an orchestration begins anew under its own id.</summary>
public class ContinueAsNewOptions
{
    public object? NewInput { get; set; }

    /// <summary>Null: the version stays.</summary>
    public string? NewVersion { get; set; }

    /// <summary>Whether events that nobody has awaited yet are kept; default true.</summary>
    public bool PreserveUnprocessedEvents { get; set; } = true;
}
