using System.Diagnostics;
using System.Globalization;
using DurableTask.Core;
using LocalHost.Durable;
using LocalHost.Worker;
using LocalMachine.Azurite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.Extensions.Logging.Abstractions;
using P = Microsoft.DurableTask.Protobuf;

namespace Benchmarks;

/// <summary>
/// 500 orchestrations of five activities in a row, on an Azurite of their own that writes to disk: with the Functions worker, which is
/// called over gRPC, and with the same orchestration run by Microsoft's own runner in the engine's process, which tells what the hop costs.
/// </summary>
internal static class DurableBenchmark
{
    private const int Orchestrations = 500;
    private const int Activities = 5;

    // The official Azure Storage provider on this Azurite and this kind of machine.
    private const double OfficialPerSecond = 4.9;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("durable-benchmark-");
        try
        {
            await using var azurite = await AzuriteServer.StartAsync(folder.FullName, Console.Error.WriteLine);
            var withWorker = await WithTheWorkerAsync(azurite.ConnectionString);
            var without = await WithoutItAsync(azurite.ConnectionString);
            Say($"{Orchestrations} orchestrations of {Activities} activities: {withWorker:F1} a second");
            Say($"that is {withWorker / OfficialPerSecond:F1} times the official provider's {OfficialPerSecond}");
            Say($"the same without the worker and its gRPC: {without:F1} a second");
            Say($"the hop to it takes {1 - withWorker / without:P0} of the time");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> WithTheWorkerAsync(string storage)
    {
        await using var app = await ScriptedApp.StartAsync(storage, "WithWorker");
        app.Book.Orchestrator("Story", StoryAsync).Activity("Step", _ => 1);
        await MeasureAsync(app.Host.Engine.Service, 20);
        return await MeasureAsync(app.Host.Engine.Service, Orchestrations);
    }

    private static async Task<double> WithoutItAsync(string storage)
    {
        await using var engine = new DurableEngine(
            new EngineOptions { ConnectionString = storage, Hub = "Direct" }, new InThisProcess(), TimeProvider.System,
            NullLoggerFactory.Instance);
        await engine.StartAsync(CancellationToken.None);
        await MeasureAsync(engine.Service, 20);
        var perSecond = await MeasureAsync(engine.Service, Orchestrations);
        await engine.StopAsync(TimeSpan.FromSeconds(10));
        return perSecond;
    }

    private static async Task<object?> StoryAsync(TaskOrchestrationContext context)
    {
        var sum = 0;
        for (var step = 0; step < Activities; step++)
            sum += await context.CallActivityAsync<int>("Step", step);
        return sum;
    }

    private static async Task<double> MeasureAsync(OrchestrationService service, int count)
    {
        var watch = Stopwatch.StartNew();
        var ids = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => ScriptedApp.BeginAsync(service, "Story")));
        foreach (var id in ids)
        {
            var end = await service.WaitForOrchestrationAsync(id, null, TimeSpan.FromMinutes(5), CancellationToken.None);
            if (end.Output != Activities.ToString(CultureInfo.InvariantCulture))
                throw new InvalidOperationException($"{id} ended as {end.OrchestrationStatus} with {end.Output}.");
        }
        return count / watch.Elapsed.TotalSeconds;
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    /// <summary>No Functions worker and no gRPC: Microsoft's runner takes the turn here.</summary>
    private sealed class InThisProcess : IDurableWorker
    {
        public Task<Outcome<P.OrchestratorResponse>> TakeTurnAsync(string name, P.OrchestratorRequest request)
        {
            var answer = GrpcOrchestrationRunner.LoadAndRun(
                Convert.ToBase64String(Google.Protobuf.MessageExtensions.ToByteArray(request)),
                (TaskOrchestrationContext context, object? _) => StoryAsync(context));
            return Task.FromResult(
                new Outcome<P.OrchestratorResponse>(P.OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer))));
        }

        public Task<Outcome<string>> RunActivityAsync(string name, string instanceId, string input) =>
            Task.FromResult(new Outcome<string>("1"));
    }
}
