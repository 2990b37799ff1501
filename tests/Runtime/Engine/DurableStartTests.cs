using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;
using LocalFunctions.Engine;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Engine;

/// <summary>durable-behaviour.md, "Start" and "Client calls", the host's column.</summary>
public sealed class DurableStartTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task No_id_or_an_empty_one_gives_32_lower_case_hexadecimal_digits()
    {
        await using var host = await StartAsync();
        foreach (var id in new[] { null, "" })
            Assert.Matches("^[0-9a-f]{32}$", await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", null, new StartOrchestrationOptions(id), DurableHost.Soon));
    }

    [Fact]
    public async Task Ids_may_hold_what_table_keys_may_not()
    {
        await using var host = await StartAsync();
        foreach (var id in new[] { "a/b", @"a#b?c\d", new string('x', 300), "100%~" })
            Assert.Equal($"\"{id.Replace("\\", @"\\", StringComparison.Ordinal)}\"", (await host.RunAsync("Echo", null, id)).SerializedOutput);
        await Assert.ThrowsAsync<ArgumentException>(() => host.RunAsync("Echo", null, "@x"));
    }

    [Fact]
    public async Task A_completed_id_is_replaced_and_a_running_one_is_not()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Echo", null, "one");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.RunAsync("Wait", null, "one")).RuntimeStatus);
        Assert.Contains(host.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("replaces", StringComparison.Ordinal));
        var refusal = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => host.RunAsync("Echo", null, "one"));
        Assert.Equal("An Orchestration instance with the ID one already exists.", refusal.Message);
    }

    [Fact]
    public async Task Dedupe_statuses_keep_what_has_one_of_them()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Echo", null, "one");
        var options = new StartOrchestrationOptions("one") { DedupeStatuses = ["Completed"] };
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", options, DurableHost.Soon));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", options with { DedupeStatuses = ["Failed"] }, DurableHost.Soon);
    }

    [Fact]
    public async Task StartAt_leaves_it_pending_until_due_terminable_and_deaf()
    {
        await using var host = await StartAsync();
        var later = new StartOrchestrationOptions("later", host.Clock.GetUtcNow().AddHours(2));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", later, DurableHost.Soon);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", later with { InstanceId = "never" }, DurableHost.Soon);
        await host.Client.RaiseEventAsync("later", "Go", "lost", DurableHost.Soon);
        await host.Client.TerminateInstanceAsync("never", DurableHost.Soon);
        await host.CrashAndRestartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await host.LookAsync("later")).RuntimeStatus);
        Assert.Equal(host.Clock.GetUtcNow().AddHours(2), host.Engine.NextDue);
        await host.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.LookAsync("later")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.LookAsync("never")).RuntimeStatus);
    }

    [Fact]
    public async Task Names_ignore_case_and_are_seen_as_called()
    {
        await using var host = await StartAsync();
        host.Orchestrator("Name", context => Task.FromResult<object?>(context.Name.Name));
        Assert.Equal("\"nAmE\"", (await host.RunAsync("nAmE")).SerializedOutput);
    }

    [Fact]
    public async Task One_that_asks_for_a_version_stays_pending()
    {
        await using var host = await StartAsync();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", new StartOrchestrationOptions { Version = "2.0" }, DurableHost.Soon);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await host.LookAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task An_unknown_orchestrator_fails()
    {
        await using var host = await StartAsync();
        var end = await host.RunAsync("Nobody");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("The function \\u0027Nobody\\u0027 doesn\\u0027t exist", end.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_and_completed_instances_are_told_apart()
    {
        await using var host = await StartAsync();
        Assert.Null(await host.Client.GetInstanceAsync("nobody", DurableHost.Soon));
        Assert.Equal(0, (await host.Client.PurgeInstanceAsync("nobody", DurableHost.Soon)).PurgedInstanceCount);
        await host.RunAsync("Echo", null, "done");
        foreach (var request in new Func<string, Task>[] { id => host.Client.RaiseEventAsync(id, "Go"), id => host.Client.TerminateInstanceAsync(id), id => host.Client.SuspendInstanceAsync(id), id => host.Client.ResumeInstanceAsync(id) })
        {
            Assert.Equal("No instance with ID 'nobody' was found", (await Assert.ThrowsAsync<DurableRequestException>(() => request("nobody"))).Message);
            Assert.Contains("not running", (await Assert.ThrowsAsync<DurableRequestException>(() => request("done"))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Waiting_for_one_that_never_comes_ends_with_the_token()
    {
        await using var host = await StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var given = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Client.WaitForInstanceCompletionAsync("nobody", patience.Token));
        Assert.Equal("The WaitForInstanceCompletionAsync operation was canceled.", given.Message);
    }

    [Fact]
    public async Task Ids_and_event_names_must_be_there()
    {
        await using var host = await StartAsync();
        await Assert.ThrowsAsync<ArgumentNullException>(() => host.Client.GetInstanceAsync(null!, DurableHost.Soon));
        await Assert.ThrowsAsync<ArgumentNullException>(() => host.Client.RaiseEventAsync("id", null!, DurableHost.Soon));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Client.GetInstanceAsync("", DurableHost.Soon));
    }

    private Task<DurableHost> StartAsync() => DurableHost.StartAsync(azurite, host => host
        .Orchestrator("Echo", context => Task.FromResult<object?>(context.InstanceId))
        .Orchestrator("Wait", async context => await context.WaitForExternalEvent<string>("Go")));
}
