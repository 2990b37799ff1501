using LocalFunctions.DurableTask;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Engine;

/// <summary>durable-behaviour.md, "Retry", the host's column.</summary>
public sealed class DurableRetryTests(AzuriteFixture azurite)
{
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
}
