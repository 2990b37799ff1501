using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Spectrum.PrivacyFlows.Operations.Health;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Orchestrations;

/// <summary>Orchestrations that others call.</summary>
public sealed class ChildTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task GivenAChildThatFails_WhenRetried_ThenItKeepsItsIdAndKnowsItsParent()
    {
        List<string> ids = [];
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Activity("Note", input =>
            {
                ids.Add(input!);
                return ids.Count < 3 ? throw new InvalidOperationException("again") : "";
            })
            .Orchestrator("Child", async context =>
            {
                await context.CallActivityAsync("Note", context.InstanceId);
                return $"{context.Parent!.Name} {context.Parent.InstanceId}";
            })
            .Orchestrator("Story", async context => context.Parent is null
                ? await context.CallSubOrchestratorAsync<string>(
                    "Child", TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(1))))
                : "has a parent"));
        await host.RunAsync("Story", null, "id");
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("Story id", (await host.LookAsync("id")).ReadOutputAs<string>());
        Assert.Equal(3, ids.Count);
        Assert.Matches("^\"[0-9a-f]{32}\"$", Assert.Single(ids.Distinct()));
    }

    [Fact]
    public async Task GivenAChildWithAnIdOfItsOwn_WhenItHearsAnEventAfterACrash_ThenItsParentGetsItsAnswer()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Orchestrator("Child", async context => context.GetInput<string>() + await context.WaitForExternalEvent<string>("Go"))
            .Orchestrator("Story", async context =>
                await context.CallSubOrchestratorAsync<string>("Child", "a", new SubOrchestrationOptions(instanceId: "child"))));
        await host.RunAsync("Story", null, "id");
        await host.CrashAndRestartAsync();
        await host.Client.RaiseEventAsync("child", "Go", "b", HostUnderTest.Cancellation);
        Assert.Equal("ab", (await host.LookAsync("id")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenAChildIdThatIsOver_WhenCalledAgain_ThenItRunsAnew()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Orchestrator("Child", context => Task.FromResult<object?>(context.GetInput<string>()))
            .Orchestrator("Story", async context =>
                await context.CallSubOrchestratorAsync<string>("Child", "a", new SubOrchestrationOptions(instanceId: "child")) +
                await context.CallSubOrchestratorAsync<string>("Child", "b", new SubOrchestrationOptions(instanceId: "child"))));
        Assert.Equal("ab", (await host.RunAsync("Story")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenAParentThatContinuesAsNew_WhenItCallsItsChildAgain_ThenEachLifeGetsItsOwnAnswer()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Orchestrator("Child", context => Task.FromResult<object?>(context.GetInput<int>() * 10))
            .Orchestrator("Story", async context =>
            {
                var life = context.GetInput<int>();
                var answer = await context.CallSubOrchestratorAsync<int>("Child", life);
                if (life < 3)
                    context.ContinueAsNew(life + 1);
                return answer;
            }));
        Assert.Equal(30, (await host.RunAsync("Story", 1)).ReadOutputAs<int>());
    }
}
