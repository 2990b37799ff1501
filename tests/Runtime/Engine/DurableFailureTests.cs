using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Engine;

/// <summary>durable-behaviour.md, "Failures", the host's column.</summary>
public sealed class DurableFailureTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_activitys_exception_comes_as_task_failed_without_its_type()
    {
        await using var host = await StartAsync(context => context.CallActivityAsync("Bad"));
        var end = await host.RunAsync("Story");
        Assert.Equal("\"Task \\u0027Bad\\u0027 (#0) failed with an unhandled exception: broken|(unknown)|broken|False\"", end.SerializedOutput);
        Assert.Null(end.FailureDetails);
    }

    [Fact]
    public async Task An_unknown_activity_fails_as_unknown()
    {
        await using var host = await StartAsync(context => context.CallActivityAsync("Nobody"));
        Assert.EndsWith("|(unknown)|(unknown)|False\"", (await host.RunAsync("Story")).SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_childs_exception_comes_with_its_type()
    {
        await using var host = await StartAsync(context => context.CallSubOrchestratorAsync("BadChild"));
        Assert.EndsWith("|System.InvalidOperationException|broken child|True\"", (await host.RunAsync("Story")).SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_that_its_activity_failed_names_the_cause_inside()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host
            .Activity("Bad", _ => throw new InvalidOperationException("broken"))
            .Orchestrator("Child", async context => await context.CallActivityAsync<string>("Bad"))
            .Orchestrator("Story", async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<string>("Child");
                }
                catch (TaskFailedException exception)
                {
                    return exception.FailureDetails.ErrorType == typeof(TaskFailedException).FullName ? exception.FailureDetails.InnerFailure?.ErrorMessage : null;
                }
            }));
        Assert.Equal("\"broken\"", (await host.RunAsync("Story")).SerializedOutput);
    }

    [Theory]
    [InlineData("Nobody")]
    [InlineData("Waits")]
    public async Task A_child_that_does_not_exist_or_was_terminated_gives_no_details(string child)
    {
        await using var host = await StartAsync(context => context.CallSubOrchestratorAsync(child, options: new SubOrchestrationOptions(instanceId: "child")));
        var end = await host.RunAsync("Story", null, "id");
        if (child == "Waits")
        {
            await host.Client.TerminateInstanceAsync("child", "over", DurableHost.Soon);
            Assert.Equal("\"over\"", (await host.LookAsync("child")).SerializedOutput);
            end = await host.LookAsync("id");
        }
        Assert.EndsWith("failed with an unhandled exception.|none\"", end.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_orchestrator_that_throws_shows_type_and_message_and_keeps_its_status()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", context =>
        {
            context.SetCustomStatus("so far");
            throw new ArgumentException("wrong");
        }));
        var end = await host.RunAsync("Story");
        Assert.Equal((OrchestrationRuntimeStatus.Failed, "System.ArgumentException: wrong", "\"so far\""), (end.RuntimeStatus, end.SerializedOutput, end.SerializedCustomStatus));
        Assert.Null(end.FailureDetails);
    }

    [Fact]
    public async Task WhenAll_waits_for_all_and_has_both_failures()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host
            .ActivityAsync("Slow", async (_, _, cancellation) =>
            {
                await Task.Delay(100, cancellation);
                throw new InvalidOperationException("second");
            })
            .Activity("Fast", _ => throw new InvalidOperationException("first"))
            .Orchestrator("Story", async context =>
            {
                var all = Task.WhenAll(context.CallActivityAsync("Fast"), context.CallActivityAsync("Slow"));
                try
                {
                    await all;
                    return null;
                }
                catch (TaskFailedException exception)
                {
                    return exception.FailureDetails.ErrorMessage + all.Exception!.InnerExceptions.Count;
                }
            }));
        Assert.Equal("\"first2\"", (await host.RunAsync("Story")).SerializedOutput);
    }

    private Task<DurableHost> StartAsync(Func<TaskOrchestrationContext, Task> call) => DurableHost.StartAsync(azurite, host => host
        .Activity("Bad", _ => throw new InvalidOperationException("broken", new ArgumentException("inner")))
        .Orchestrator("BadChild", _ => throw new InvalidOperationException("broken child"))
        .Orchestrator("Waits", async context => await context.WaitForExternalEvent<string>("Never"))
        .Orchestrator("Story", async context =>
        {
            try
            {
                await call(context);
                return null;
            }
            catch (TaskFailedException exception)
            {
                var details = exception.FailureDetails;
                return exception.Message + (details is null ? "|none" : $"|{details.ErrorType}|{details.ErrorMessage}|{details.IsCausedBy<InvalidOperationException>()}");
            }
        }));
}
