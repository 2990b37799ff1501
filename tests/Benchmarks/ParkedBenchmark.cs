using System.Diagnostics;
using System.Diagnostics.Metrics;
using LocalMachine.Azurite;

namespace Benchmarks;

/// <summary>
/// 10,000 orchestrations that wait for an event or for thirty days, as cases do: what an idle host costs, and how long it takes to start.
/// </summary>
internal static class ParkedBenchmark
{
    private const int Parked = 10_000;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("parked-benchmark-");
        try
        {
            await using var azurite = await AzuriteServer.StartAsync(folder.FullName, Console.Error.WriteLine);
            var empty = await StartedAsync(azurite.ConnectionString, "Empty", _ => Task.CompletedTask);
            Say($"a start with nothing parked: {empty.TotalSeconds:F1} s");
            await StartedAsync(azurite.ConnectionString, "Parked", ParkAsync);
            var full = await StartedAsync(azurite.ConnectionString, "Parked", IdleAsync);
            Say($"a start with {Parked:N0} parked: {full.TotalSeconds:F1} s");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<TimeSpan> StartedAsync(string storage, string hub, Func<ScriptedApp, Task> then)
    {
        var watch = Stopwatch.StartNew();
        await using var app = await ScriptedApp.StartAsync(storage, hub);
        watch.Stop();
        app.Book.Orchestrator("Story", async context =>
        {
            using var over = new CancellationTokenSource();
            var answer = context.WaitForExternalEvent<string>("answer", over.Token);
            return await Task.WhenAny(answer, context.CreateTimer(TimeSpan.FromDays(3), over.Token)) == answer;
        });
        await then(app);
        return watch.Elapsed;
    }

    private static async Task ParkAsync(ScriptedApp app)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Parked, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (_, _) => await BeginAsync(app));
        await app.Host.Engine.Service.WhenIdleAsync();
        Say($"parking {Parked:N0}: {watch.Elapsed.TotalSeconds:F0} s");
    }

    private static Task<string> BeginAsync(ScriptedApp app) => ScriptedApp.BeginAsync(app.Host.Engine.Service, "Story");

    private static async Task IdleAsync(ScriptedApp app)
    {
        var calls = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, heard) =>
        {
            if (instrument.Name == "http.client.request.duration")
                heard.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref calls));
        listener.Start();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await Task.Delay(Watched);
        process.Refresh();
        var minutes = Watched.TotalMinutes;
        var cpu = (process.TotalProcessorTime - before).TotalSeconds / minutes;
        Say($"idle with {Parked:N0} parked: {cpu:F2} s of CPU and {calls / minutes:F0} storage calls a minute");
        Say($"{GC.GetTotalMemory(forceFullCollection: true) / 1e6:F0} MB managed, {process.WorkingSet64 / 1e6:F0} MB working set");
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
