using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Spectrum.PrivacyFlows.Operations.Health;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Orchestrations;

/// <summary>What an orchestration hears, from clients and from others, as on the Functions host.</summary>
public sealed class EventTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenEventsBeforeTheWait_WhenTheHostDiesMeanwhile_ThenTheyAreKeptInOrderAndNamesIgnoreCase()
    {
        await using var host = await StartAsync(async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return await context.WaitForExternalEvent<string>("word") + await context.WaitForExternalEvent<string>("WORD");
        });
        await RaiseAsync(host, "a", "b");
        await host.CrashAndRestartAsync();
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("ab", (await host.LookAsync("id")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenTwoWaitsForOneName_WhenTwoEventsCome_ThenTheNewestWaitIsServedFirst()
    {
        await using var host = await StartAsync(async context =>
        {
            var old = context.WaitForExternalEvent<string>("Word");
            var young = context.WaitForExternalEvent<string>("Word");
            return string.Concat(await Task.WhenAll(old, young));
        });
        await RaiseAsync(host, "a", "b");
        Assert.Equal("ba", (await host.LookAsync("id")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenAWaitThatTimesOut_WhenAnEventComesLater_ThenTheNextWaitGetsIt()
    {
        await using var host = await StartAsync(async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("Word", TimeSpan.FromDays(2));
            }
            catch (TaskCanceledException exception)
            {
                return exception.Message + await context.WaitForExternalEvent<string>("Word");
            }
        });
        await host.AdvanceAsync(TimeSpan.FromDays(2));
        await RaiseAsync(host, "x");
        Assert.Equal("A task was canceled.x", (await host.LookAsync("id")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenAWaitThatIsCancelled_WhenAnEventComes_ThenTheNextWaitGetsIt()
    {
        await using var host = await StartAsync(async context =>
        {
            using var cancelled = new CancellationTokenSource();
            var given = context.WaitForExternalEvent<string>("Word", cancelled.Token);
            cancelled.Cancel();
            return given.Status + await context.WaitForExternalEvent<string>("Word");
        });
        await RaiseAsync(host, "x");
        Assert.Equal("Canceledx", (await host.LookAsync("id")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenAnEventBeforeTheTimeout_WhenItCompletes_ThenNothingWaitsForTheTimer()
    {
        await using var host = await StartAsync(async context => await context.WaitForExternalEvent<string?>("Word", TimeSpan.FromDays(2)));
        await host.Client.RaiseEventAsync("id", "Word", null, Cancellation);
        var end = await host.LookAsync("id");
        Assert.Equal((OrchestrationRuntimeStatus.Completed, null), (end.RuntimeStatus, end.SerializedOutput));
    }

    [Fact]
    public async Task GivenAPayloadOfAnotherType_WhenItComes_ThenTheOrchestrationFailsPastItsCatch()
    {
        await using var host = await StartAsync(async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<int>("Word");
            }
            catch (Exception)
            {
                return "caught";
            }
        });
        await RaiseAsync(host, "no number");
        var end = await host.LookAsync("id");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("could not be converted to System.Int32", end.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenAnEventToItselfAndOneToNobody_WhenSent_ThenTheFirstArrivesAndTheSecondIsDropped()
    {
        await using var host = await StartAsync(async context =>
        {
            context.SendEvent("nobody", "Word", "x");
            context.SendEvent(context.InstanceId, "Word", "me");
            return await context.WaitForExternalEvent<string>("Word");
        });
        Assert.Equal("me", (await host.LookAsync("id")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenMoreEventsThanOneTurnTakes_WhenTheyComeAtOnce_ThenEachIsHeardOnce()
    {
        await using var host = await StartAsync(async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            var heard = new List<int>();
            while (heard.Count < 200)
                heard.Add(await context.WaitForExternalEvent<int>("Word"));
            return heard.Distinct().Count();
        });
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => host.Client.RaiseEventAsync("id", "Word", number, Cancellation)));
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(200, (await host.LookAsync("id")).ReadOutputAs<int>());
    }

    private static async Task RaiseAsync(HostUnderTest host, params string[] words)
    {
        foreach (var word in words)
            await host.Client.RaiseEventAsync("id", "Word", word, Cancellation);
    }

    private async Task<HostUnderTest> StartAsync(Func<TaskOrchestrationContext, Task<object?>> story)
    {
        var host = await HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", story));
        await host.RunAsync("Story", null, "id");
        return host;
    }
}
