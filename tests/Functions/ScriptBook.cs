using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace TestFunctions;

/// <summary>What the functions of this app do, by name: a test writes it. One book a host.</summary>
public sealed class ScriptBook
{
    private readonly Scripts<Func<TaskOrchestrationContext, Task<object?>>> orchestrators = new();
    private readonly Scripts<Func<string?, CancellationToken, Task<object?>>> activities = new();
    private readonly Scripts<Func<HttpRequest, CancellationToken, Task<IActionResult>>> pages = new();
    private readonly Scripts<Func<TimerInfo, CancellationToken, Task>> timers = new();

    /// <summary>The durable client that a function was given, once <see cref="HttpFunctions.Client"/> was called.</summary>
    public DurableTaskClient? Client { get; internal set; }

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

    /// <param name="name">The last part of the address: <c>api/pages/{name}</c>.</param>
    public ScriptBook Page(string name, Func<HttpRequest, CancellationToken, Task<IActionResult>> code)
    {
        pages[name] = code;
        return this;
    }

    /// <param name="name">The last part of the address: <c>api/pages/{name}</c>.</param>
    public ScriptBook Page(string name, Func<HttpRequest, IActionResult> code) =>
        Page(name, (request, _) => Task.FromResult(code(request)));

    /// <summary>Timers have a script or do nothing: they are there in every host.</summary>
    public ScriptBook Timer(string name, Func<TimerInfo, CancellationToken, Task> code)
    {
        timers[name] = code;
        return this;
    }

    internal Func<TaskOrchestrationContext, Task<object?>> FindOrchestrator(string name) =>
        orchestrators.GetValueOrDefault(name) ?? throw Missing(name);

    internal Func<string?, CancellationToken, Task<object?>> FindActivity(string name) =>
        activities.GetValueOrDefault(name) ?? throw Missing(name);

    internal Func<HttpRequest, CancellationToken, Task<IActionResult>> FindPage(string name) =>
        pages.GetValueOrDefault(name) ?? throw Missing(name);

    internal Func<TimerInfo, CancellationToken, Task>? FindTimer(string name) => timers.GetValueOrDefault(name);

    private static InvalidOperationException Missing(string name) => new($"The test wrote no script for {name}.");

    private sealed class Scripts<T>() : ConcurrentDictionary<string, T>(StringComparer.OrdinalIgnoreCase);
}
