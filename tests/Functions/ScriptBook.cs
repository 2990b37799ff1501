using System.Collections.Concurrent;

namespace TestFunctions;

/// <summary>What the functions of this app do, by name: a test writes it. One book a host.</summary>
public sealed class ScriptBook
{
    private readonly ConcurrentDictionary<string, Func<TaskOrchestrationContext, Task<object?>>> orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Func<string?, CancellationToken, Task<object?>>> activities = new(StringComparer.OrdinalIgnoreCase);

    public ScriptBook Orchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> code)
    {
        orchestrators[name] = code;
        return this;
    }

    /// <param name="code">Is given the input as JSON.</param>
    public ScriptBook Activity(string name, Func<string?, CancellationToken, Task<object?>> code)
    {
        activities[name] = code;
        return this;
    }

    /// <param name="code">Is given the input as JSON.</param>
    public ScriptBook Activity(string name, Func<string?, object?> code) => Activity(name, (input, _) => Task.FromResult(code(input)));

    internal Func<TaskOrchestrationContext, Task<object?>> FindOrchestrator(string name) =>
        orchestrators.TryGetValue(name, out var code) ? code : throw new InvalidOperationException($"The test wrote no script for {name}.");

    internal Func<string?, CancellationToken, Task<object?>> FindActivity(string name) =>
        activities.TryGetValue(name, out var code) ? code : throw new InvalidOperationException($"The test wrote no script for {name}.");
}
