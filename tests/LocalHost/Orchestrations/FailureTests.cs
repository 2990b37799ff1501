using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Orchestrations;

/// <summary>
/// What an orchestration learns of what failed, and what a client learns of an orchestration that did, as on the Functions host.
/// </summary>
public sealed class FailureTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task GivenAnActivityThatThrows_WhenAwaited_ThenItsTypeAndCauseAreKnown()
    {
        await using var host = await StartAsync(context => context.CallActivityAsync("Step", 1));
        var end = await host.RunAsync("Story");
        Assert.Equal("Task 'Step' (#0) failed with an unhandled exception: broken|System.InvalidOperationException|broken|True|inner",
            end.ReadOutputAs<string>());
        Assert.Null(end.FailureDetails);
    }

    [Fact]
    public async Task GivenAMessageWithAColon_WhenAwaited_ThenItStaysWhole()
    {
        await using var host = await StartAsync(context => context.CallActivityAsync("Note", 1));
        Assert.EndsWith("|System.InvalidOperationException|File.Missing: no such file|True|",
            (await host.RunAsync("Story")).ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenANameThatNoActivityHas_WhenCalled_ThenItFails()
    {
        await using var host = await StartAsync(context => context.CallActivityAsync("Nobody", 1));
        Assert.Contains("(unknown)", (await host.RunAsync("Story")).ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenAChildThatThrows_WhenAwaited_ThenItsTypeIsKnown()
    {
        await using var host = await StartAsync(context => context.CallSubOrchestratorAsync("Child"));
        Assert.EndsWith("|System.InvalidOperationException|broken child|True|", (await host.RunAsync("Story")).ReadOutputAs<string>(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenAChildThatItsActivityFailed_WhenAwaited_ThenTheCauseIsInside()
    {
        await using var host = await StartAsync(context => context.CallSubOrchestratorAsync("Child"));
        host.Book.Orchestrator("Child", async context => await context.CallActivityAsync<string>("Step", 1));
        var seen = (await host.RunAsync("Story")).ReadOutputAs<string>()!;
        Assert.Contains($"|{typeof(TaskFailedException).FullName}|", seen, StringComparison.Ordinal);
        Assert.EndsWith("|broken", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nobody")]
    [InlineData("Listener")]
    public async Task GivenAChildThatDoesNotExistOrWasTerminated_WhenAwaited_ThenItFails(string child)
    {
        await using var host = await StartAsync(
            context => context.CallSubOrchestratorAsync(child, options: new SubOrchestrationOptions(instanceId: "child")));
        var end = await host.RunAsync("Story", null, "id");
        if (child == "Listener")
        {
            await host.Client.TerminateInstanceAsync("child", "over", HostUnderTest.Cancellation);
            Assert.Equal("over", (await host.LookAsync("child")).ReadOutputAs<string>());
            end = await host.LookAsync("id");
        }
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.StartsWith($"Task '{child}' (#0) failed with an unhandled exception", end.ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenAStoryThatThrows_WhenLookedAt_ThenTypeAndMessageAreItsOutputAndItsStatusIsKept()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", context =>
        {
            context.SetCustomStatus("so far");
            throw new ArgumentException("wrong");
        }));
        var end = await host.RunAsync("Story");
        Assert.Equal(
            (OrchestrationRuntimeStatus.Failed, "System.ArgumentException: wrong", "\"so far\""),
            (end.RuntimeStatus, end.SerializedOutput, end.SerializedCustomStatus));
        Assert.Null(end.FailureDetails);
    }

    [Fact]
    public async Task GivenTwoThatFail_WhenAllAreAwaited_ThenItWaitsForBothAndKnowsBoth()
    {
        var release = new TaskCompletionSource();
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Activity("Step", async (_, _) =>
            {
                await release.Task;
                throw new InvalidOperationException("slow");
            })
            .Activity("Note", _ =>
            {
                release.SetResult();
                throw new InvalidOperationException("fast");
            })
            .Orchestrator("Story", async context =>
            {
                var all = Task.WhenAll(context.CallActivityAsync("Step", 1), context.CallActivityAsync("Note", 1));
                try
                {
                    await all;
                    return null;
                }
                catch (TaskFailedException)
                {
                    return string.Join(' ', all.Exception!.InnerExceptions.Cast<TaskFailedException>().Select(
                        failed => failed.FailureDetails.ErrorMessage).Order());
                }
            }));
        Assert.Equal("fast slow", (await host.RunAsync("Story")).ReadOutputAs<string>());
    }

    private Task<HostUnderTest> StartAsync(Func<TaskOrchestrationContext, Task> call) => HostUnderTest.StartAsync(azurite, book => book
        .Activity("Step", _ => throw new InvalidOperationException("broken", new ArgumentException("inner")))
        .Activity("Note", _ => throw new InvalidOperationException("File.Missing: no such file"))
        .Orchestrator("Child", _ => throw new InvalidOperationException("broken child"))
        .Orchestrator("Listener", async context => await context.WaitForExternalEvent<string>("Never"))
        .Orchestrator("Story", async context =>
        {
            try
            {
                await call(context);
                return null;
            }
            catch (TaskFailedException exception)
            {
                return exception.FailureDetails is not { } details
                    ? exception.Message
                    : string.Join('|', exception.Message, details.ErrorType, details.ErrorMessage,
                        details.IsCausedBy<InvalidOperationException>(), details.InnerFailure?.ErrorMessage);
            }
        }));
}
