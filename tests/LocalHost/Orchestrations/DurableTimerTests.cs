using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Orchestrations;

/// <summary>How an orchestration waits for a time, and for what it did not await.</summary>
public sealed class DurableTimerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task GivenWorkThatIsNotAwaited_WhenTheStoryReturns_ThenItRunsUntilThatIsDone()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Activity("Step", _ => throw new InvalidOperationException("ignored"))
            .Orchestrator("Story", context =>
            {
                _ = context.CallActivityAsync("Step", 1);
                _ = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return Task.FromResult<object?>("end");
            }));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.RunAsync("Story", null, "id")).RuntimeStatus);
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("end", (await host.LookAsync("id")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenTimersOfNoTime_WhenSet_ThenTheyGoOffAtOnce()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", async context =>
        {
            await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
            await context.CreateTimer(TimeSpan.FromDays(-1), CancellationToken.None);
            await context.CreateTimer(context.CurrentUtcDateTime.AddHours(-2), CancellationToken.None);
            return context.CurrentUtcDateTime;
        }));
        Assert.Equal(HostUnderTest.Start.UtcDateTime, (await host.RunAsync("Story")).ReadOutputAs<DateTime>());
    }

    [Fact]
    public async Task GivenThirtyDays_WhenTheHostDiesATickBefore_ThenItGoesOffThenAndNotEarlier()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", async context =>
        {
            var start = context.CurrentUtcDateTime;
            await context.CreateTimer(DateTime.SpecifyKind(start.AddDays(30), DateTimeKind.Unspecified), CancellationToken.None);
            return (context.CurrentUtcDateTime - start).TotalDays;
        }));
        await host.RunAsync("Story", null, "id");
        await host.AdvanceAsync(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.LookAsync("id")).RuntimeStatus);
        await host.CrashAndRestartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.LookAsync("id")).RuntimeStatus);
        await host.AdvanceAsync(TimeSpan.FromTicks(1));
        Assert.Equal(30.0, (await host.LookAsync("id")).ReadOutputAs<double>());
    }

    [Fact]
    public async Task GivenTimersOfSeveralOrchestrations_WhenTheClockMovesPastAll_ThenTheyGoOffInOrderAtTheirOwnTimes()
    {
        var seen = new System.Collections.Concurrent.ConcurrentQueue<(string Id, DateTime At)>();
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Activity("Note", input =>
            {
                var note = System.Text.Json.JsonSerializer.Deserialize<Note>(input!)!;
                seen.Enqueue((note.Id, note.At));
                return null;
            })
            .Orchestrator("Story", async context =>
            {
                foreach (var days in context.GetInput<int[]>()!)
                {
                    await context.CreateTimer(HostUnderTest.Start.UtcDateTime.AddDays(days), CancellationToken.None);
                    await context.CallActivityAsync("Note", new Note(context.InstanceId, context.CurrentUtcDateTime));
                }
                return null;
            }));
        await host.RunAsync("Story", new[] { 3, 9, 20 }, "a");
        await host.RunAsync("Story", new[] { 1, 10, 15 }, "b");
        await host.AdvanceAsync(TimeSpan.FromDays(60));
        Assert.Equal([("b", 1), ("a", 3), ("a", 9), ("b", 10), ("b", 15), ("a", 20)],
            seen.Select(note => (note.Id, (int)(note.At - HostUnderTest.Start.UtcDateTime).TotalDays)));
    }

    [Fact]
    public async Task GivenATimerThatIsCancelled_WhenTheStoryEnds_ThenNothingIsWaitedFor()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", async context =>
        {
            using var never = new CancellationTokenSource();
            var forever = context.CreateTimer(DateTime.MaxValue, never.Token);
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            never.Cancel();
            return forever.IsCanceled;
        }));
        await host.RunAsync("Story", null, "id");
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.True((await host.LookAsync("id")).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task GivenAClockThatRuns_WhenATimerIsDue_ThenItGoesOffByItselfAndNotEarly()
    {
        await using var host = new HostUnderTest(azurite) { StandingAt = null };
        host.Book.Orchestrator("Story", async context =>
        {
            var due = context.CurrentUtcDateTime.AddMilliseconds(300);
            await context.CreateTimer(due, CancellationToken.None);
            return context.CurrentUtcDateTime >= due;
        });
        await host.StartAsync();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Story", HostUnderTest.Cancellation);
        var end = await host.Client.WaitForInstanceCompletionAsync(id, true, HostUnderTest.Cancellation)
            .WaitAsync(TimeSpan.FromSeconds(60), HostUnderTest.Cancellation);
        Assert.True(end.ReadOutputAs<bool>());
    }

    private sealed record Note(string Id, DateTime At);
}
