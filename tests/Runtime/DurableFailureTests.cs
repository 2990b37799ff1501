using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;

namespace Spectrum.PrivacyFlows.Tests.Runtime;

/// <summary>durable-behaviour.md, "Failures", "Retry" and "Children", the host's column.</summary>
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

    [Theory]
    [InlineData(3, 1, 1, null, null, new double[] { 0, 1, 2 })]
    [InlineData(4, 0.5, 2, null, null, new[] { 0, 0.5, 1.5, 3.5 })]
    [InlineData(4, 0.5, 4, 1.0, null, new[] { 0, 0.5, 1.5, 2.5 })]
    [InlineData(9, 1, 1, null, 2.5, new double[] { 0, 1, 2, 3 })]
    public async Task A_retry_policy_waits_as_it_says(int attempts, double first, double factor, double? longest, double? timeout, double[] expected)
    {
        List<double> times = [];
        var start = new StandingClock().GetUtcNow();
        await using var host = await DurableHost.StartAsync(azurite, _ => { });
        var policy = new RetryPolicy(attempts, TimeSpan.FromSeconds(first), factor, longest is null ? null : TimeSpan.FromSeconds(longest.Value), timeout is null ? null : TimeSpan.FromSeconds(timeout.Value));
        host.Activity("Bad", _ =>
            {
                times.Add((host.Clock.GetUtcNow() - start).TotalSeconds);
                throw new InvalidOperationException("broken");
            })
            .Orchestrator("Story", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Bad", TaskOptions.FromRetryPolicy(policy));
                    return null;
                }
                catch (TaskFailedException exception)
                {
                    return exception.TaskId;
                }
            });
        await host.RunAsync("Story", null, "id");
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(expected, times);
        // Attempts and delays both count.
        Assert.Equal((2 * (expected.Length - 1)).ToString(System.Globalization.CultureInfo.InvariantCulture), (await host.LookAsync("id")).SerializedOutput);
    }

    [Fact]
    public async Task HandleFailure_and_a_retry_handler_decide()
    {
        var runs = 0;
        await using var host = await DurableHost.StartAsync(azurite, host => host
            .Activity("Bad", _ => throw new InvalidOperationException("broken " + Interlocked.Increment(ref runs)))
            .Orchestrator("Story", async context =>
            {
                var policy = new RetryPolicy(5, TimeSpan.FromSeconds(1)) { HandleFailure = failure => !failure.ErrorMessage.StartsWith("broken", StringComparison.Ordinal) };
                await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync("Bad", TaskOptions.FromRetryPolicy(policy)));
                var seen = "";
                RetryHandler handler = retry =>
                {
                    seen += $"{retry.LastAttemptNumber}:{retry.LastFailure.ErrorMessage} ";
                    return retry.LastAttemptNumber < 3;
                };
                await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync("Bad", TaskOptions.FromRetryHandler(handler)));
                return seen;
            }));
        Assert.Equal("\"1:broken 2 2:broken 3 3:broken 4 \"", (await host.RunAsync("Story")).SerializedOutput);
    }

    [Fact]
    public void A_retry_policy_refuses_values_outside_its_ranges()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(0, TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, TimeSpan.FromSeconds(1), 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, TimeSpan.FromSeconds(2), 1, TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, TimeSpan.FromSeconds(2), 1, null, TimeSpan.FromSeconds(1)));
        Assert.Equal((TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan), (new RetryPolicy(1, TimeSpan.FromSeconds(1)).MaxRetryInterval, new RetryPolicy(1, TimeSpan.FromSeconds(1)).RetryTimeout));
    }

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
