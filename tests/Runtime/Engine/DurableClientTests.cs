using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;
using LocalFunctions.Engine;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Engine;

/// <summary>durable-behaviour.md, "Suspend, terminate" and "Purge, query", the host's column.</summary>
public sealed class DurableClientTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_suspended_one_keeps_what_happens_until_it_is_resumed()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Wait", "in", "id");
        await host.Client.SuspendInstanceAsync("id", "holiday", DurableHost.Soon);
        await Assert.ThrowsAsync<DurableRequestException>(() => host.Client.SuspendInstanceAsync("id", DurableHost.Soon));
        await host.Client.RaiseEventAsync("id", "Go", "x", DurableHost.Soon);
        await host.CrashAndRestartAsync();
        var still = await host.LookAsync("id");
        Assert.Equal((OrchestrationRuntimeStatus.Suspended, "holiday"), (still.RuntimeStatus, still.SerializedOutput));
        await host.Client.ResumeInstanceAsync("id", DurableHost.Soon);
        Assert.Equal("\"x\"", (await host.LookAsync("id")).SerializedOutput);
        await host.RunAsync("Wait", null, "other");
        await Assert.ThrowsAsync<DurableRequestException>(() => host.Client.ResumeInstanceAsync("other", DurableHost.Soon));
    }

    [Fact]
    public async Task Terminating_gives_the_output_and_leaves_children_alone()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Parent", null, "id");
        await host.Client.TerminateInstanceAsync("id", new TerminateInstanceOptions(new { Why = "done" }, Recursive: true), DurableHost.Soon);
        var end = await host.LookAsync("id");
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, """{"Why":"done"}"""), (end.RuntimeStatus, end.SerializedOutput));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.LookAsync("child")).RuntimeStatus);
    }

    [Fact]
    public async Task Purging_needs_an_end_and_frees_the_id()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Wait", null, "id");
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.PurgeInstanceAsync("id", DurableHost.Soon));
        await host.Client.TerminateInstanceAsync("id", DurableHost.Soon);
        var result = await host.Client.PurgeInstanceAsync("id", DurableHost.Soon);
        Assert.Equal((1, null), (result.PurgedInstanceCount, result.IsComplete));
        Assert.Null(await host.Client.GetInstanceAsync("id", DurableHost.Soon));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.RunAsync("Wait", null, "id")).RuntimeStatus);
    }

    [Fact]
    public async Task Purging_by_filter_honours_it_and_keeps_what_runs()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Echo", null, "old");
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        var yesterday = host.Clock.GetUtcNow().AddHours(-1);
        await host.RunAsync("Echo", null, "new");
        await host.RunAsync("Wait", null, "runs");
        Assert.Equal(1, (await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(null, yesterday), DurableHost.Soon)).PurgedInstanceCount);
        Assert.Null(await host.Client.GetInstanceAsync("old", DurableHost.Soon));
        Assert.Equal(1, (await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Running]), DurableHost.Soon)).PurgedInstanceCount);
        Assert.NotNull(await host.Client.GetInstanceAsync("runs", DurableHost.Soon));
    }

    [Fact]
    public async Task Without_inputs_and_outputs_none_are_shown()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Echo", "in", "id");
        var found = (await host.Client.GetInstanceAsync("id", DurableHost.Soon))!;
        Assert.True(found is { SerializedInput: null, SerializedOutput: null, SerializedCustomStatus: null, FailureDetails: null, IsCompleted: true });
        Assert.Throws<InvalidOperationException>(() => found.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_query_gives_pages_by_id_with_a_prefix_whose_case_matters()
    {
        await using var host = await StartAsync();
        foreach (var id in new[] { "case-3", "case-1", "CASE-9", "case-2", "other", "case-5", "case-4", "case/6" })
            await host.RunAsync(id == "case-4" ? "Wait" : "Echo", null, id);
        List<int> sizes = [];
        List<string> ids = [];
        string? token = null;
        await foreach (var page in host.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: "case-", PageSize: 2)).AsPages())
        {
            sizes.Add(page.Values.Count);
            ids.AddRange(page.Values.Select(found => found.InstanceId));
            token ??= page.ContinuationToken;
        }
        Assert.Equal([2, 2, 1], sizes);
        Assert.Equal(["case-1", "case-2", "case-3", "case-4", "case-5"], ids);
        var rest = new List<string>();
        await foreach (var found in host.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: "case-", ContinuationToken: token)))
            rest.Add(found.InstanceId);
        Assert.Equal(ids.Skip(2), rest);
        var running = new List<OrchestrationMetadata>();
        await foreach (var found in host.Client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Running], FetchInputsAndOutputs: true)))
            running.Add(found);
        Assert.Equal("case-4", Assert.Single(running).InstanceId);
    }

    [Fact]
    public async Task Restarting_takes_the_same_input_under_the_same_id_or_a_new_one()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Echo", "in", "id");
        Assert.Equal("id", await host.Client.RestartAsync("id", cancellation: DurableHost.Soon));
        var other = await host.Client.RestartAsync("id", restartWithNewInstanceId: true, DurableHost.Soon);
        Assert.NotEqual("id", other);
        Assert.Equal("\"in\"", (await host.LookAsync("id")).SerializedOutput);
        Assert.Equal("\"in\"", (await host.LookAsync(other)).SerializedOutput);
        await Assert.ThrowsAsync<ArgumentException>(() => host.Client.RestartAsync("nobody", cancellation: DurableHost.Soon));
        await host.RunAsync("Wait", null, "runs");
        await Assert.ThrowsAsync<DurableRequestException>(() => host.Client.RestartAsync("runs", cancellation: DurableHost.Soon));
    }

    [Fact]
    public async Task An_activity_that_the_stop_interrupts_runs_again_at_the_next_start()
    {
        var runs = 0;
        var started = new TaskCompletionSource();
        var host = await DurableHost.StartAsync(azurite, host => host
            .ActivityAsync("Slow", async (_, _, cancellation) =>
            {
                if (Interlocked.Increment(ref runs) > 1)
                    return "done";
                started.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
                return "never";
            })
            .Orchestrator("Story", async context => await context.CallActivityAsync<string>("Slow")));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Story", new StartOrchestrationOptions("id"), DurableHost.Soon);
        await started.Task.WaitAsync(DurableHost.Soon);
        await host.DisposeAsync();
        await host.CrashAndRestartAsync();
        Assert.Equal("\"done\"", (await host.LookAsync("id")).SerializedOutput);
        await host.DisposeAsync();
    }

    private Task<DurableHost> StartAsync() => DurableHost.StartAsync(azurite, host => host
        .Orchestrator("Echo", context => Task.FromResult<object?>(context.GetInput<string>()))
        .Orchestrator("Wait", async context => await context.WaitForExternalEvent<string>("Go"))
        .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<string>("Wait", new SubOrchestrationOptions(instanceId: "child"))));
}
