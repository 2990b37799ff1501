using System.Reflection;

namespace LocalFunctions.Invocation;

/// <summary>A method that is a function: what sets it off and where its parameters come from.</summary>
internal sealed class Function(string name, MethodInfo method, TriggerBindingAttribute trigger, IReadOnlyList<ParameterSource> parameters) : FunctionDefinition
{
    private readonly FunctionMethod run = new(method);

    public override string Name => name;

    public override string Id => name;

    public override string EntryPoint { get; } = $"{method.DeclaringType!.FullName}.{method.Name}";

    public override string PathToAssembly => method.DeclaringType!.Assembly.Location;

    public TriggerBindingAttribute Trigger => trigger;

    /// <summary>The name that orchestrations call it by.</summary>
    public string TaskName => trigger switch
    {
        OrchestrationTriggerAttribute { Orchestration: { } orchestration } => orchestration,
        ActivityTriggerAttribute { Activity: { } activity } => activity,
        _ => name,
    };

    public Task<object?> RunAsync(LocalFunctionContext context) =>
        run.InvokeAsync(context.InstanceServices, [.. parameters.Select(source => source(context))]);
}

/// <summary>Gives a parameter its value for one run.</summary>
internal delegate object? ParameterSource(LocalFunctionContext context);
