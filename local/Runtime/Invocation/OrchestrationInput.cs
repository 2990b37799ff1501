using System.Reflection;
using LocalFunctions.DurableTask;

namespace LocalFunctions.Invocation;

/// <summary>An orchestrator's second parameter is the orchestration's input.</summary>
internal static class OrchestrationInput
{
    private static readonly MethodInfo ReadInput = typeof(OrchestrationInput).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static ParameterSource Source(Type type)
    {
        var read = ReadInput.MakeGenericMethod(type).CreateDelegate<Func<TaskOrchestrationContext, object?>>();
        return context => read((TaskOrchestrationContext)context.TriggerValue!);
    }

    private static object? Read<T>(TaskOrchestrationContext context) => context.GetInput<T>();
}
