using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;

namespace Spectrum.PrivacyFlows.Tests.Runtime;

/// <summary>durable-behaviour.md, "Events", "Completion, timers" and "ContinueAsNew", the host's column.</summary>
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

    [Fact]
    public async Task What_is_not_awaited_keeps_it_running_until_done()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host
            .Activity("Bad", _ => throw new InvalidOperationException("ignored"))
            .Orchestrator("Story", context =>
            {
                _ = context.CallActivityAsync("Bad");
                _ = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return Task.FromResult<object?>("end");
            }));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.RunAsync("Story", null, "id")).RuntimeStatus);
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("\"end\"", (await host.LookAsync("id")).SerializedOutput);
    }

    [Fact]
    public async Task Timers_go_off_in_order_never_early_and_at_once_when_past()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", async context =>
        {
            var start = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
            await context.CreateTimer(TimeSpan.FromDays(-1), CancellationToken.None);
            await context.CreateTimer(DateTime.SpecifyKind(start.AddDays(30), DateTimeKind.Unspecified), CancellationToken.None);
            using var never = new CancellationTokenSource();
            var forever = context.CreateTimer(DateTime.MaxValue, never.Token);
            never.Cancel();
            return (context.CurrentUtcDateTime - start).TotalDays + (forever.IsCanceled ? " and cancelled" : "");
        }));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.RunAsync("Story", null, "id")).RuntimeStatus);
        await host.AdvanceAsync(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.LookAsync("id")).RuntimeStatus);
        await host.CrashAndRestartAsync();
        await host.AdvanceAsync(TimeSpan.FromTicks(1));
        Assert.Equal("\"30 and cancelled\"", (await host.LookAsync("id")).SerializedOutput);
    }

    [Fact]
    public async Task A_timer_of_the_system_clock_goes_off_by_itself_and_not_early()
    {
        var host = new DurableHost(azurite.ConnectionString);
        host.Orchestrator("Story", async context =>
        {
            var due = context.CurrentUtcDateTime.AddMilliseconds(300);
            await context.CreateTimer(due, CancellationToken.None);
            return context.CurrentUtcDateTime >= due;
        });
        await using var engine = new LocalFunctions.Engine.DurableEngine(new LocalFunctions.Engine.EngineOptions { ConnectionString = azurite.ConnectionString, TaskHub = host.TaskHub }, host, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        await engine.StartAsync(DurableHost.Soon);
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Story", DurableHost.Soon);
        var end = await engine.Client.WaitForInstanceCompletionAsync(id, true, DurableHost.Soon).WaitAsync(TimeSpan.FromSeconds(30), DurableHost.Soon);
        Assert.Equal("true", end.SerializedOutput);
    }

    [Theory]
    [InlineData(true, "\"kept\"")]
    [InlineData(false, "\"none\"")]
    public async Task Continue_as_new_keeps_or_drops_events_and_ignores_the_return_value(bool keep, string expected)
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", async context =>
        {
            if (context.GetInput<int>() == 0)
            {
                context.SetCustomStatus("stays");
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                context.ContinueAsNew(1, keep);
                return "ignored";
            }
            try
            {
                return await context.WaitForExternalEvent<string>("Word", TimeSpan.FromHours(1));
            }
            catch (TaskCanceledException)
            {
                return "none";
            }
        }));
        var before = await host.RunAsync("Story", 0, "id");
        await host.Client.RaiseEventAsync("id", "Word", "kept", DurableHost.Soon);
        await host.AdvanceAsync(TimeSpan.FromHours(3));
        var end = await host.LookAsync("id");
        Assert.Equal((expected, "1", "\"stays\""), (end.SerializedOutput, end.SerializedInput, end.SerializedCustomStatus));
        Assert.True(end.CreatedAt > before.CreatedAt);
    }

    [Fact]
    public async Task Continue_as_new_and_then_throwing_fails()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", context =>
        {
            context.ContinueAsNew(1);
            throw new InvalidOperationException("after all");
        }));
        Assert.Equal("System.InvalidOperationException: after all", (await host.RunAsync("Story")).SerializedOutput);
    }
}
