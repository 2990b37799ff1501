using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Engine;

/// <summary>durable-behaviour.md, "Events", the host's column.</summary>
public sealed class DurableEventTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Events_raised_before_the_wait_are_kept_in_order_and_names_ignore_case()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return await context.WaitForExternalEvent<string>("word") + await context.WaitForExternalEvent<string>("WORD");
        }));
        await host.RunAsync("Story", null, "id");
        await host.Client.RaiseEventAsync("id", "Word", "a", DurableHost.Soon);
        await host.Client.RaiseEventAsync("id", "Word", "b", DurableHost.Soon);
        await host.CrashAndRestartAsync();
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("\"ab\"", (await host.LookAsync("id")).SerializedOutput);
    }

    [Fact]
    public async Task Of_two_waits_the_newest_is_served_first_with_a_warning()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", async context =>
        {
            var old = context.WaitForExternalEvent<string>("Word");
            var young = context.WaitForExternalEvent<string>("Word");
            var both = await Task.WhenAll(old, young);
            return string.Concat(both);
        }));
        await host.RunAsync("Story", null, "id");
        await host.Client.RaiseEventAsync("id", "Word", "a", DurableHost.Soon);
        await host.Client.RaiseEventAsync("id", "Word", "b", DurableHost.Soon);
        Assert.Equal("\"ba\"", (await host.LookAsync("id")).SerializedOutput);
        Assert.Single(host.Log.Lines, line => line.Contains("awaited twice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wait_that_times_out_is_cancelled_and_the_next_gets_the_next_event()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("Word", TimeSpan.FromDays(2));
            }
            catch (TaskCanceledException exception)
            {
                return exception.Message + await context.WaitForExternalEvent<string>("Word");
            }
        }));
        await host.RunAsync("Story", null, "id");
        await host.AdvanceAsync(TimeSpan.FromDays(2));
        await host.Client.RaiseEventAsync("id", "Word", "x", DurableHost.Soon);
        Assert.Equal("\"A task was canceled.x\"", (await host.LookAsync("id")).SerializedOutput);
    }

    [Fact]
    public async Task An_event_that_beats_its_timeout_leaves_no_timer_behind()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", async context => await context.WaitForExternalEvent<int>("Word", TimeSpan.FromDays(2))));
        await host.RunAsync("Story", null, "id");
        await host.Client.RaiseEventAsync("id", "Word", null, DurableHost.Soon);
        var end = await host.LookAsync("id");
        Assert.Equal((OrchestrationRuntimeStatus.Completed, "0"), (end.RuntimeStatus, end.SerializedOutput));
        Assert.Null(host.Engine.NextDue);
    }

    [Fact]
    public async Task A_payload_of_the_wrong_type_fails_the_orchestration_past_its_catch()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<int>("Word");
            }
            catch (Exception)
            {
                return "caught";
            }
        }));
        await host.RunAsync("Story", null, "id");
        await host.Client.RaiseEventAsync("id", "Word", "no number", DurableHost.Soon);
        var end = await host.LookAsync("id");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.StartsWith("System.Text.Json.JsonException", end.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_reaches_itself_and_one_to_nobody_is_dropped()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", async context =>
        {
            context.SendEvent("nobody", "Word", "x");
            context.SendEvent(context.InstanceId, "Word", "me");
            return await context.WaitForExternalEvent<string>("Word");
        }));
        Assert.Equal("\"me\"", (await host.RunAsync("Story")).SerializedOutput);
    }
}
