using System.Collections.Concurrent;
using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;
using LocalFunctions.Engine;
using LocalFunctions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Engine;

/// <summary>Killed before and after each single write: nothing is lost, nothing is skipped, and no event counts twice.</summary>
public sealed class DurableCrashTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Killed_at_every_write_in_turn_each_time_the_story_ends_the_same()
    {
        // More points than the story has writes; where it no longer dies, it is done.
        for (var killAt = 1; ; killAt++)
        {
            if (!await TellAsync(killAt))
            {
                Assert.True(killAt > 30, $"The story has only {killAt} moments around writes.");
                return;
            }
        }
    }

    [Fact]
    public async Task A_second_engine_on_one_storage_is_refused_and_told_who_is_there()
    {
        await using var host = await DurableHost.StartAsync(azurite, _ => { });
        await using var second = new DurableEngine(new EngineOptions { ConnectionString = azurite.ConnectionString, TaskHub = host.TaskHub }, host, host.Clock, NullLoggerFactory.Instance);
        var refusal = await Assert.ThrowsAsync<LocalSetupException>(() => second.StartAsync(DurableHost.Soon));
        Assert.Contains(Environment.MachineName, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), refusal.Message, StringComparison.Ordinal);
    }

    private sealed class Killed : Exception;

    /// <returns>Whether the kill came.</returns>
    private async Task<bool> TellAsync(int killAt)
    {
        var ran = new ConcurrentDictionary<string, int>();
        await using var host = new DurableHost(azurite.ConnectionString);
        host.Activity("Note", input => ran.AddOrUpdate(input!, 1, (_, count) => count + 1) > 0 ? input!.Trim('"') : null)
            .Orchestrator("Listener", async context =>
            {
                // Begins anew between its two events, so that one sent again after a crash could be taken for the second.
                var heard = context.GetInput<string>();
                var now = await context.WaitForExternalEvent<string>("Word");
                if (heard is not null)
                    return heard + now;
                context.ContinueAsNew(now);
                return null;
            })
            .Orchestrator("Child", async context => await context.CallActivityAsync<string>("Note", context.GetInput<string>()))
            .Orchestrator("Story", async context =>
            {
                var both = await Task.WhenAll(context.CallActivityAsync<string>("Note", "a"), context.CallActivityAsync<string>("Note", "b"));
                context.SendEvent("listener", "Word", "x");
                await context.CreateTimer(TimeSpan.FromDays(3), CancellationToken.None);
                var child = await context.CallSubOrchestratorAsync<string>("Child", "c", new SubOrchestrationOptions(instanceId: "child"));
                var answer = await context.WaitForExternalEvent<string>("Go");
                context.SetCustomStatus("almost");
                context.SendEvent("listener", "Word", "y");
                return string.Concat(both) + child + answer;
            });
        var moments = 0;
        var died = false;
        void Around()
        {
            if (Interlocked.Increment(ref moments) < killAt)
                return;
            died = true;
            throw new Killed();
        }
        await host.CrashAndRestartAsync(Around);
        await TryAsync(host, () => died);
        await host.CrashAndRestartAsync();
        await TryAsync(host, () => false);
        var story = await host.LookAsync("story");
        var listener = await host.LookAsync("listener");
        Assert.True(OrchestrationRuntimeStatus.Completed == story.RuntimeStatus, $"{killAt}: {story.RuntimeStatus} {string.Join('\n', host.Log.Lines)}");
        Assert.Equal("\"abcgo\"", story.SerializedOutput);
        Assert.Equal("\"xy\"", listener.SerializedOutput);
        Assert.Equal(["\"a\"", "\"b\"", "\"c\""], ran.Keys.Order());
        return died;
    }

    /// <summary>What a client does, and does again when it got no answer.</summary>
    private static async Task TryAsync(DurableHost host, Func<bool> isDead)
    {
        try
        {
            await StartOnceAsync(host, "Listener", "listener");
            await StartOnceAsync(host, "Story", "story");
            await host.AdvanceAsync(TimeSpan.FromDays(4));
            if (isDead())
                return;
            if ((await host.LookAsync("story")).RuntimeStatus == OrchestrationRuntimeStatus.Running)
                await host.Client.RaiseEventAsync("story", "Go", "go", DurableHost.Soon);
            await host.Engine.SettleAsync(DurableHost.Soon);
        }
        catch (Killed)
        {
            // The client's own call was the one that died.
        }
    }

    private static async Task StartOnceAsync(DurableHost host, string name, string id)
    {
        if (await host.Client.GetInstanceAsync(id, DurableHost.Soon) is null)
            await host.Client.ScheduleNewOrchestrationInstanceAsync(name, null, new StartOrchestrationOptions(id), DurableHost.Soon);
    }
}
