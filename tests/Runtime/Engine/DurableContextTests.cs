using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Engine;

/// <summary>durable-behaviour.md, "Context", "Serialization" and "Determinism", the host's column; sizes.</summary>
public sealed class DurableContextTests(AzuriteFixture azurite)
{
    private enum Colour
    {
        Red,
        Green,
    }

    private sealed record Paper(string Name, Colour Colour, string? Nothing);

    [Fact]
    public async Task Replay_sees_the_same_times_and_ids_and_logs_each_line_once()
    {
        List<string> flags = [];
        List<string> ids = [];
        await using var host = await DurableHost.StartAsync(azurite, host => host.Activity("Step", _ => 1).Orchestrator("Story", async context =>
        {
            var logger = context.CreateReplaySafeLogger("Story");
            var seen = "";
            var made = "";
            for (var step = 0; step < 3; step++)
            {
                seen += context.IsReplaying ? "T" : "F";
                made += context.NewGuid() + $" {context.CurrentUtcDateTime:o} {context.CurrentUtcDateTime.Kind};";
                logger.LogInformation("step {Step}", step);
                flags.Add(seen);
                ids.Add(made);
                if (step < 2)
                    await context.CallActivityAsync("Step");
            }
            return null;
        }));
        await host.RunAsync("Story", null, "id");
        Assert.Equal(["F", "T", "TF", "T", "TT", "TTF"], flags);
        Assert.Equal([ids[5][..ids[0].Length], ids[5][..ids[2].Length], ids[5]], new[] { ids[3], ids[4], ids[5] });
        Assert.All(Enumerable.Range(0, 3), step => Assert.Single(host.Log.Lines, line => line == $"Information: step {step}"));
        Assert.Contains(" Utc;", ids[0], StringComparison.Ordinal);
        Assert.Equal('5', ids[0][14]);
    }

    [Fact]
    public async Task NewGuid_is_the_documented_name_based_one()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", context => Task.FromResult<object?>(context.NewGuid())));
        // SHA-1 over namespace 9e952958-… and "id_2026-03-02T09:00:00.0000000Z_0", worked out with another tool (Python's uuid5).
        Assert.Equal("\"18c717d5-7287-57cc-9457-a5350fcc59cb\"", (await host.RunAsync("Story", null, "id")).SerializedOutput);
    }

    [Fact]
    public async Task Custom_status_is_the_last_one_unset_reads_null_and_too_much_fails()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", async context =>
        {
            context.SetCustomStatus("first");
            context.SetCustomStatus(new string('x', context.GetInput<int>()));
            return await context.WaitForExternalEvent<string>("Go");
        }).Orchestrator("Silent", _ => Task.FromResult<object?>(null)));
        Assert.Equal("\"xx\"", (await host.RunAsync("Story", 2)).SerializedCustomStatus);
        Assert.Equal("null", (await host.RunAsync("Silent")).SerializedCustomStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.RunAsync("Story", 8190)).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.RunAsync("Story", 8191)).RuntimeStatus);
    }

    [Fact]
    public async Task Values_are_written_and_read_as_the_hosts_serializer_does()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host
            .Activity("Echo", input => System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(input!))
            .Activity("Nothing", _ => null)
            .Orchestrator("Story", async context =>
            {
                var paper = await context.CallActivityAsync<Paper>("Echo", new Paper("é", Colour.Green, null));
                var sloppy = await context.CallActivityAsync<Paper>("Echo", new { name = "x", colour = 1 });
                var tuple = await context.CallActivityAsync<(int, int)>("Echo", (1, 2));
                var nothing = await context.CallActivityAsync<int>("Nothing");
                await Assert.ThrowsAsync<System.Text.Json.JsonException>(() => context.CallActivityAsync<Colour>("Echo", "Green"));
                return $"{paper.Name} {paper.Colour} {sloppy.Name} {sloppy.Colour} {tuple} {nothing}";
            }));
        var end = await host.RunAsync("Story", new Paper("é", Colour.Green, null));
        Assert.Equal("é Green x Green (0, 0) 0", end.ReadOutputAs<string>());
        Assert.Equal("""{"Name":"\u00E9","Colour":1,"Nothing":null}""", end.SerializedInput);
    }

    [Fact]
    public async Task What_cannot_be_written_fails_the_orchestration()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", _ => Task.FromResult<object?>(double.NaN)));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.RunAsync("Story")).RuntimeStatus);
    }

    [Fact]
    public async Task Another_path_on_replay_fails_and_names_the_step_it_left()
    {
        var other = false;
        await using var host = await DurableHost.StartAsync(azurite, host => host.Activity("Left", _ => 1).Activity("Right", _ => 1).Orchestrator("Story", async context =>
        {
            try
            {
                await context.CallActivityAsync(other ? "Right" : "Left");
                return await context.WaitForExternalEvent<string>("Go");
            }
            catch (Exception)
            {
                return "caught";
            }
        }));
        await host.RunAsync("Story", null, "id");
        other = true;
        await host.Client.RaiseEventAsync("id", "Go", "x", DurableHost.Soon);
        var end = await host.LookAsync("id");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("Non-Deterministic workflow detected", end.SerializedOutput, StringComparison.Ordinal);
        Assert.Contains("activity task 'Left' (#0)", end.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Task_Delay_leaves_it_running_and_the_log_says_why()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", async context =>
        {
            await Task.Delay(10);
            return await context.CallActivityAsync<string>("Never");
        }));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.RunAsync("Story")).RuntimeStatus);
        Assert.Contains(host.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("not durable", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Payloads_of_a_megabyte_travel_and_go_with_the_purge_and_larger_starts_are_refused()
    {
        var large = new string('x', 1024 * 1024);
        await using var host = await DurableHost.StartAsync(azurite, host => host
            .Activity("Echo", input => System.Text.Json.JsonSerializer.Deserialize<string>(input!))
            .Orchestrator("Story", async context => await context.CallActivityAsync<string>("Echo", context.GetInput<string>() + await context.WaitForExternalEvent<string>("More"))));
        await host.RunAsync("Story", large, "id");
        await host.Client.RaiseEventAsync("id", "More", large, DurableHost.Soon);
        await host.CrashAndRestartAsync();
        Assert.Equal(large + large, (await host.LookAsync("id")).ReadOutputAs<string>());
        await host.Client.PurgeInstanceAsync("id", DurableHost.Soon);
        var container = new Azure.Storage.Blobs.BlobContainerClient(azurite.ConnectionString, host.TaskHub.ToLowerInvariant() + "-instances");
        Assert.Equal(["host-lease"], container.GetBlobs(cancellationToken: DurableHost.Soon).Select(blob => blob.Name));
        await Assert.ThrowsAsync<LocalFunctions.Engine.DurableRequestException>(() => host.RunAsync("Story", large + large + large + large));
    }

    [Fact]
    public async Task Two_hundred_activities_run_beside_one_another()
    {
        var running = 0;
        var most = 0;
        await using var host = await DurableHost.StartAsync(azurite, host => host
            .ActivityAsync("Step", async (_, _, cancellation) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Delay(20, cancellation);
                Interlocked.Decrement(ref running);
                return 1;
            })
            .Orchestrator("Story", async context => (await Task.WhenAll(Enumerable.Range(0, 200).Select(number => context.CallActivityAsync<int>("Step", number)))).Sum()));
        Assert.Equal("200", (await host.RunAsync("Story")).SerializedOutput);
        Assert.InRange(most, 10, 64);
    }

    [Fact]
    public async Task A_long_history_goes_on_at_an_even_pace()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Activity("Step", _ => 1).Orchestrator("Story", async context =>
        {
            var sum = 0;
            for (var step = 0; step < context.GetInput<int>(); step++)
                sum += await context.CallActivityAsync<int>("Step");
            return sum;
        }));
        async Task<double> TimeAsync(int steps)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Assert.Equal(steps, (await host.RunAsync("Story", steps)).ReadOutputAs<int>());
            return watch.Elapsed.TotalSeconds;
        }
        await TimeAsync(10);
        var small = await TimeAsync(50);
        // 1,200 events; with room for what else the machine does meanwhile.
        Assert.InRange(await TimeAsync(400) / small, 0, 40);
    }
}
