using System.Collections.Concurrent;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Crashes;

/// <summary>Killed before and after each single write to storage: nothing is lost, nothing is skipped, and no event counts twice.</summary>
public sealed class EveryWriteTests(AzuriteFixture azurite)
{
    private const int Lanes = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int> Starts => [.. Enumerable.Range(1, Lanes)];

    /// <summary>
    /// Every moment once, in lanes of every fourth, each a test, so that they run beside other tests and tell where they are.
    /// </summary>
    [Theory]
    [MemberData(nameof(Starts))]
    public async Task GivenAHostKilledAtOneWrite_WhenAnotherTakesOver_ThenTheStoryEndsTheSame(int first)
    {
        // More moments than the story has; where it no longer dies, all have been tried.
        for (var moment = first; ; moment += Lanes)
        {
            if (!await TellAsync(moment))
            {
                Assert.True(moment > 30, $"The story has only {moment} moments around writes.");
                return;
            }
        }
    }

    /// <returns>Whether the kill came.</returns>
    private async Task<bool> TellAsync(int killAt)
    {
        var ran = new ConcurrentDictionary<string, int>();
        var died = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var moments = 0;
        await using var host = new HostUnderTest(azurite)
        {
            AroundWrites = () =>
            {
                if (Interlocked.Increment(ref moments) < killAt)
                    return;
                died.TrySetResult();
                throw new HostKilledException();
            },
        };
        Write(host.Book, ran);
        await host.StartAsync();
        await TryAsync(host, died.Task);
        await host.CrashAsync();
        host.AroundWrites = null;
        await host.StartAsync();
        await TryAsync(host, new TaskCompletionSource().Task);

        var story = await host.LookAsync("story");
        var listener = await host.LookAsync("listener");
        Assert.True(OrchestrationRuntimeStatus.Completed == story.RuntimeStatus,
            $"{killAt}: {story.RuntimeStatus} {story.SerializedCustomStatus}\n{string.Join('\n', host.Log.All)}");
        Assert.Equal((killAt, "abcgo", "xy"), (killAt, story.ReadOutputAs<string>(), listener.ReadOutputAs<string>()));
        Assert.Equal(["\"a\"", "\"b\"", "\"c\""], ran.Keys.Order());
        return died.Task.IsCompleted;
    }

    private static void Write(ScriptBook book, ConcurrentDictionary<string, int> ran) => book
        .Activity("Note", input => ran.AddOrUpdate(input!, 1, (_, count) => count + 1) > 0 ? input!.Trim('"') : null)
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
            await context.CreateTimer(TimeSpan.FromDays(2), CancellationToken.None);
            var child = await context.CallSubOrchestratorAsync<string>("Child", "c", new SubOrchestrationOptions(instanceId: "child"));
            var answer = await context.WaitForExternalEvent<string>("Go");
            context.SetCustomStatus("almost");
            context.SendEvent("listener", "Word", "y");
            return string.Concat(both) + child + answer;
        });

    /// <summary>What a client does, until the host is dead, and does again with the next host.</summary>
    private static async Task TryAsync(HostUnderTest host, Task died)
    {
        var telling = TellAsync(host);
        if (await Task.WhenAny(telling, died) == telling)
            await telling;
        else
            _ = telling.ContinueWith(told => told.Exception, TaskScheduler.Default);
    }

    private static async Task TellAsync(HostUnderTest host)
    {
        await StartOnceAsync(host, "Listener", "listener");
        await StartOnceAsync(host, "Story", "story");
        await host.AdvanceAsync(TimeSpan.FromDays(3));
        if ((await host.LookAsync("story")).RuntimeStatus == OrchestrationRuntimeStatus.Running)
            await host.Client.RaiseEventAsync("story", "Go", "go", Cancellation);
        await host.SettleAsync();
    }

    private static async Task StartOnceAsync(HostUnderTest host, string name, string id)
    {
        if (await host.Client.GetInstanceAsync(id, Cancellation) is null)
            await host.Client.ScheduleNewOrchestrationInstanceAsync(name, null, new StartOrchestrationOptions(id), Cancellation);
    }
}
