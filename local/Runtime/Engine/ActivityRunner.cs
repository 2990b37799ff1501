using LocalFunctions.DurableTask;
using LocalFunctions.Replay;
using LocalFunctions.Storage;
using Microsoft.Extensions.Logging;

namespace LocalFunctions.Engine;

/// <summary>Runs activities beside one another, up to the limit. A result becomes durable with the turn that sees it; until then the activity may run again.</summary>
internal sealed class ActivityRunner(Hub hub) : IDisposable
{
    // The default of the Functions host hides the type of an activity's exception from the orchestrator; so does this.
    private const string Unknown = "(unknown)";
    private readonly SemaphoreSlim places = new(hub.Options.MaxConcurrentActivities);

    public void Dispose() => places.Dispose();

    /// <param name="report">Takes the outcome.</param>
    public void Start(LiveInstance instance, int generation, HistoryEvent call, Action<LiveInstance, Message> report) => hub.Run(async () =>
    {
        await places.WaitAsync(hub.Stopping);
        HistoryEvent outcome;
        try
        {
            outcome = await RunAsync(instance.Id, call);
        }
        finally
        {
            places.Release();
        }
        report(instance, new Message(outcome, generation));
    });

    private async Task<HistoryEvent> RunAsync(string instanceId, HistoryEvent call)
    {
        if (hub.Catalogue.FindActivity(call.Name!) is not { } activity)
        {
            hub.Logger.LogError("{Instance}: no activity task named '{Name}' was found.", instanceId, call.Name);
            return Failed(call, Unknown);
        }
        try
        {
            var result = await activity(call.Payload, instanceId, hub.Stopping);
            return new(EventKind.ActivityCompleted) { Id = call.Id, Payload = DataConverter.Default.Serialize(result) };
        }
        catch (OperationCanceledException) when (hub.Stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            hub.Logger.LogError("{Instance}: activity '{Name}' (#{Id}) threw {Exception}.", instanceId, call.Name, call.Id, exception.GetType().FullName);
            return Failed(call, exception.Message);
        }
    }

    private static HistoryEvent Failed(HistoryEvent call, string message) =>
        new(EventKind.ActivityFailed) { Id = call.Id, Failure = new TaskFailureDetails(Unknown, message, null, null, null) };
}
