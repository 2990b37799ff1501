namespace LocalFunctions;

/// <summary>Marks the <c>TaskOrchestrationContext</c> of an orchestrator function.</summary>
public sealed class OrchestrationTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>The orchestration's name. Null: the function's.</summary>
    public string? Orchestration { get; set; }
}

/// <summary>Marks the input of an activity function.</summary>
public sealed class ActivityTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>The activity's name. Null: the function's.</summary>
    public string? Activity { get; set; }
}

/// <summary>Hands a function the <c>DurableTaskClient</c>.</summary>
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>One machine has one task hub, so this changes nothing locally.</summary>
    public string? TaskHub { get; set; }

    /// <summary>One machine has one storage, so this changes nothing locally.</summary>
    public string? ConnectionName { get; set; }
}
