using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Spectrum.PrivacyFlows.Operations.Health;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Orchestrations;

/// <summary>How often and when a failed activity runs again, by the clock of this machine.</summary>
public sealed class RetryTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(3, 1, 1, null, null, new double[] { 0, 1, 2 })]
    [InlineData(4, 0.5, 2, null, null, new[] { 0, 0.5, 1.5, 3.5 })]
    [InlineData(4, 0.5, 4, 1.0, null, new[] { 0, 0.5, 1.5, 2.5 })]
    [InlineData(9, 1, 1, null, 2.5, new double[] { 0, 1, 2, 3 })]
    public async Task GivenARetryPolicy_WhenAnActivityFails_ThenItRunsAgainWhenThatSays(
        int attempts, double first, double factor, double? longest, double? timeout, double[] expected)
    {
        List<double> times = [];
        var policy = new RetryPolicy(attempts, TimeSpan.FromSeconds(first), factor, Seconds(longest), Seconds(timeout));
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", async context =>
        {
            try
            {
                await context.CallActivityAsync("Step", 1, TaskOptions.FromRetryPolicy(policy));
                return null;
            }
            catch (TaskFailedException exception)
            {
                return exception.TaskId;
            }
        }));
        host.Book.Activity("Step", _ =>
        {
            times.Add((host.App.Clock.GetUtcNow() - HostUnderTest.Start).TotalSeconds);
            throw new InvalidOperationException("broken");
        });
        await host.RunAsync("Story", null, "id");
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(expected, times);
        // Attempts and delays both count.
        Assert.Equal((2 * (expected.Length - 1)).ToString(CultureInfo.InvariantCulture), (await host.LookAsync("id")).SerializedOutput);
    }

    [Fact]
    public async Task GivenAFilterAndAHandler_WhenAnActivityFails_ThenTheyDecide()
    {
        var runs = 0;
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Activity("Step", _ => throw new InvalidOperationException("broken " + Interlocked.Increment(ref runs)))
            .Orchestrator("Story", async context =>
            {
                var policy = new RetryPolicy(5, TimeSpan.FromSeconds(1))
                {
                    HandleFailure = failure =>
                    !failure.ErrorMessage.StartsWith("broken", StringComparison.Ordinal)
                };
                var seen = await FailureAsync(context.CallActivityAsync("Step", 1, TaskOptions.FromRetryPolicy(policy)));
                RetryHandler handler = retry =>
                {
                    seen += $" {retry.LastAttemptNumber}:{retry.LastFailure.ErrorMessage}";
                    return retry.LastAttemptNumber < 3;
                };
                return await FailureAsync(context.CallActivityAsync("Step", 1, TaskOptions.FromRetryHandler(handler))) + ", " + seen;
            }));
        Assert.Equal("broken 4, broken 1 1:broken 2 2:broken 3 3:broken 4", (await host.RunAsync("Story")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenAHostThatDiesBetweenAttempts_WhenStartedAgain_ThenItGoesOnCounting()
    {
        var runs = 0;
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Activity("Step", _ => Interlocked.Increment(ref runs) < 4 ? throw new InvalidOperationException("broken") : runs)
            .Orchestrator("Story", async context =>
                await context.CallActivityAsync<int>("Step", 1, TaskOptions.FromRetryPolicy(new RetryPolicy(4, TimeSpan.FromHours(1))))));
        await host.RunAsync("Story", null, "id");
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        await host.CrashAndRestartAsync();
        await host.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(4, (await host.LookAsync("id")).ReadOutputAs<int>());
    }

    private static async Task<string> FailureAsync(Task call)
    {
        try
        {
            await call;
            return "";
        }
        catch (TaskFailedException failed)
        {
            return failed.FailureDetails.ErrorMessage;
        }
    }

    private static TimeSpan? Seconds(double? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;
}
