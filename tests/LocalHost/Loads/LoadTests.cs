using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Loads;

/// <summary>Much at once, and much in one.</summary>
public sealed class LoadTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenPayloadsOfAMegabyte_WhenTheHostDiesMeanwhile_ThenTheyArrive()
    {
        var large = new string('x', 1024 * 1024);
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Activity("Step", input => JsonSerializer.Deserialize<string>(input!))
            .Orchestrator("Story", async context => await context.CallActivityAsync<string>(
                "Step", context.GetInput<string>() + await context.WaitForExternalEvent<string>("More"))));
        await host.RunAsync("Story", large, "id");
        await host.CrashAndRestartAsync();
        await host.Client.RaiseEventAsync("id", "More", large, Cancellation);
        Assert.Equal(large + large, (await host.LookAsync("id")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenFortyActivities_WhenTheyAreAwaitedTogether_ThenTheyRunTogether()
    {
        var (running, together) = (0, new TaskCompletionSource());
        await using var host = await HostUnderTest.StartAsync(
            azurite,
            book => book
                .Activity("Step", async (_, cancellation) =>
                {
                    if (Interlocked.Increment(ref running) == 40)
                        together.SetResult();
                    await together.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellation);
                    return 1;
                })
                .Orchestrator("Story", async context =>
                    (await Task.WhenAll(Enumerable.Range(0, 40).Select(number => context.CallActivityAsync<int>("Step", number)))).Sum()),
            "--AzureFunctionsJobHost:extensions:durableTask:maxConcurrentActivityFunctions=40");
        Assert.Equal(40, (await host.RunAsync("Story")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task GivenALimitOfHostJson_WhenManyActivitiesWait_ThenNoMoreRunAtOnce()
    {
        var (running, most) = (0, 0);
        await using var host = await HostUnderTest.StartAsync(
            azurite,
            book => book
                .Activity("Step", async (_, cancellation) =>
                {
                    var now = Interlocked.Increment(ref running);
                    InterlockedMax(ref most, now);
                    await Task.Delay(5, cancellation);
                    Interlocked.Decrement(ref running);
                    return 1;
                })
                .Orchestrator("Story", async context =>
                    (await Task.WhenAll(Enumerable.Range(0, 60).Select(number => context.CallActivityAsync<int>("Step", number)))).Sum()),
            "--AzureFunctionsJobHost:extensions:durableTask:maxConcurrentActivityFunctions=3");
        Assert.Equal(60, (await host.RunAsync("Story")).ReadOutputAs<int>());
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task GivenManyAtOnce_WhenTheyHaveRun_ThenEachHasItsOwnAnswer()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Activity("Step", input => JsonSerializer.Deserialize<int>(input!) + 1)
            .Orchestrator("Story", async context =>
            {
                var number = context.GetInput<int>();
                for (var step = 0; step < 3; step++)
                    number = await context.CallActivityAsync<int>("Step", number);
                return number;
            }));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(number =>
            host.Client.ScheduleNewOrchestrationInstanceAsync(
                "Story", number, new StartOrchestrationOptions($"id-{number}"), Cancellation)));
        await host.SettleAsync();
        for (var number = 0; number < 50; number++)
            Assert.Equal(number + 3, (await host.LookAsync($"id-{number}")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task GivenALongHistory_WhenItGrows_ThenEachStepTakesAboutAsLong()
    {
        await using var host = await HostUnderTest.StartAsync(
            azurite, book => book.Activity("Step", _ => 1).Orchestrator("Story", async context =>
        {
            var sum = 0;
            for (var step = 0; step < context.GetInput<int>(); step++)
                sum += await context.CallActivityAsync<int>("Step", 1);
            return sum;
        }));
        await TimeAsync(10);
        var small = await TimeAsync(50);
        // With room for what else the machine does meanwhile.
        Assert.InRange(await TimeAsync(300) / small, 0, 60);

        async Task<double> TimeAsync(int steps)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Assert.Equal(steps, (await host.RunAsync("Story", steps)).ReadOutputAs<int>());
            return watch.Elapsed.TotalSeconds;
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
