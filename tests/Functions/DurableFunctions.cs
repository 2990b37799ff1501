using System.Text.Json;

namespace TestFunctions;

/// <summary>Orchestrations and activities by the names that tests use.</summary>
public sealed class DurableFunctions(ScriptBook book)
{
    [Function(nameof(Story))]
    public Task<object?> Story([OrchestrationTrigger] TaskOrchestrationContext context) => book.FindOrchestrator(nameof(Story))(context);

    [Function(nameof(Child))]
    public Task<object?> Child([OrchestrationTrigger] TaskOrchestrationContext context) => book.FindOrchestrator(nameof(Child))(context);

    [Function(nameof(Listener))]
    public Task<object?> Listener([OrchestrationTrigger] TaskOrchestrationContext context) =>
        book.FindOrchestrator(nameof(Listener))(context);

    [Function(nameof(Step))]
    public Task<object?> Step([ActivityTrigger] JsonElement input, CancellationToken cancellation) =>
        book.FindActivity(nameof(Step))(input.GetRawText(), cancellation);

    [Function(nameof(Note))]
    public Task<object?> Note([ActivityTrigger] JsonElement input, CancellationToken cancellation) =>
        book.FindActivity(nameof(Note))(input.GetRawText(), cancellation);
}
