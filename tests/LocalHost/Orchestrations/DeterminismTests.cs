using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Orchestrations;

/// <summary>A story that was changed while it ran.</summary>
public sealed class DeterminismTests(AzuriteFixture azurite)
{
    public static TheoryData<string, Func<TaskOrchestrationContext, Task>> Others => new()
    {
        { "another activity", context => context.CallActivityAsync("Note", 1) },
        { "a timer instead", context => context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None) },
        { "nothing instead", _ => Task.CompletedTask },
    };

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public async Task GivenAnotherPath_WhenReplayed_ThenItFailsPastItsCatchAndNamesTheStepItLeft(
        string change, Func<TaskOrchestrationContext, Task> other)
    {
        var isChanged = false;
        await using var host = await HostUnderTest.StartAsync(
            azurite, book => book.Activity("Step", _ => 1).Activity("Note", _ => 1).Orchestrator("Story", async context =>
        {
            try
            {
                await (isChanged ? other(context) : context.CallActivityAsync("Step", 1));
                return await context.WaitForExternalEvent<string>("Go");
            }
            catch (Exception)
            {
                return "caught";
            }
        }));
        await host.RunAsync("Story", null, "id");
        isChanged = true;
        await host.Client.RaiseEventAsync("id", "Go", "x", HostUnderTest.Cancellation);
        var end = await host.LookAsync("id");
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Failed, change);
        Assert.Contains("Non-Deterministic workflow detected", end.SerializedOutput, StringComparison.Ordinal);
        Assert.Contains("Step", end.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenCallsAddedAtTheEnd_WhenReplayed_ThenItGoesOn()
    {
        var isChanged = false;
        await using var host = await HostUnderTest.StartAsync(
            azurite, book => book.Activity("Step", _ => 1).Orchestrator("Story", async context =>
        {
            await context.CallActivityAsync("Step", 1);
            var heard = await context.WaitForExternalEvent<string>("Go");
            return isChanged ? heard + await context.CallActivityAsync<int>("Step", 2) : heard;
        }));
        await host.RunAsync("Story", null, "id");
        isChanged = true;
        await host.Client.RaiseEventAsync("id", "Go", "x", HostUnderTest.Cancellation);
        Assert.Equal("x1", (await host.LookAsync("id")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenAWaitThatIsNotDurable_WhenTheTurnEnds_ThenTheStoryFailsAndSaysWhy()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", async context =>
        {
            await Task.Delay(Timeout.Infinite);
            return await context.CallActivityAsync<string>("Step", 1);
        }));
        var end = await host.RunAsync("Story");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("An invalid asynchronous invocation was detected", end.SerializedOutput, StringComparison.Ordinal);
    }
}
