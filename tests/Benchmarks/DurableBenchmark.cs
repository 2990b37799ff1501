using System.Diagnostics;
using System.Globalization;
using LocalFunctions.Azurite;
using LocalFunctions.DurableTask;
using LocalFunctions.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmarks;

/// <summary>500 orchestrations of 5 sequential activities, on an Azurite of its own that writes to disk.</summary>
internal static class DurableBenchmark
{
    private const int Orchestrations = 500;

    // The official Azure Storage provider on this Azurite and this kind of machine.
    private const double OfficialPerSecond = 4.9;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("durable-benchmark-");
        try
        {
            await using var azurite = await AzuriteServer.StartAsync(folder.FullName, Console.WriteLine);
            await using var engine = new DurableEngine(new EngineOptions { ConnectionString = azurite.ConnectionString, TaskHub = "Benchmark" }, new Functions(), TimeProvider.System, NullLoggerFactory.Instance);
            await engine.StartAsync(CancellationToken.None);
            await MeasureAsync(engine, 10);
            var seconds = await MeasureAsync(engine, Orchestrations);
            var perSecond = Orchestrations / seconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Orchestrations} orchestrations of 5 activities: {seconds:F1} s, {perSecond:F1} orchestrations per second, {perSecond / OfficialPerSecond:F1} times the official provider ({OfficialPerSecond}/s)"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> MeasureAsync(DurableEngine engine, int count)
    {
        var watch = Stopwatch.StartNew();
        var ids = await Task.WhenAll(Enumerable.Range(0, count).Select(number => engine.Client.ScheduleNewOrchestrationInstanceAsync("Story", number)));
        foreach (var id in ids)
        {
            var end = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
            if (end.ReadOutputAs<int>() != 5)
                throw new InvalidOperationException($"{id} ended as {end.RuntimeStatus} with {end.SerializedOutput}.");
        }
        return watch.Elapsed.TotalSeconds;
    }

    private sealed class Functions : IFunctionCatalogue
    {
        public OrchestratorFunction? FindOrchestrator(string name) => async context =>
        {
            var sum = 0;
            for (var step = 0; step < 5; step++)
                sum += await context.CallActivityAsync<int>("Step", step);
            return sum;
        };

        public ActivityFunction? FindActivity(string name) => (_, _, _) => Task.FromResult<object?>(1);
    }
}
