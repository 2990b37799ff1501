using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Engine;

/// <summary>durable-behaviour.md, "Completion, timers", the host's column.</summary>
public sealed class DurableTimerTests(AzuriteFixture azurite)
{
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
}
