using LocalFunctions.DurableTask;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Engine;

/// <summary>durable-behaviour.md, "Children", the host's column.</summary>
public sealed class DurableChildTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_retried_child_keeps_its_id_and_knows_its_parent()
    {
        List<string> ids = [];
        await using var host = await DurableHost.StartAsync(azurite, host => host
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
            .Orchestrator("Story", async context =>
            {
                Assert.Null(context.Parent);
                return await context.CallSubOrchestratorAsync<string>("Child", TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(1))));
            }));
        await host.RunAsync("Story", null, "id");
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("\"Story id\"", (await host.LookAsync("id")).SerializedOutput);
        Assert.Equal(3, ids.Count);
        Assert.Matches("^\"[0-9a-f]{32}\"$", Assert.Single(ids.Distinct()));
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("replaces", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_live_children_of_one_id_both_complete_with_a_warning()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host
            .Orchestrator("Child", async context => await context.WaitForExternalEvent<string>("Go"))
            .Orchestrator("Story", async context => await context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions(instanceId: "child"))));
        await host.RunAsync("Story", null, "one");
        await host.RunAsync("Story", null, "two");
        await host.Client.RaiseEventAsync("child", "Go", "x", DurableHost.Soon);
        Assert.Equal("\"x\"", (await host.LookAsync("one")).SerializedOutput);
        Assert.Equal("\"x\"", (await host.LookAsync("two")).SerializedOutput);
        Assert.Single(host.Log.Lines, line => line.Contains("replaces", StringComparison.Ordinal));
    }
}
