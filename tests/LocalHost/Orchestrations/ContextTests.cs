using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Rights.Disclosure;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Orchestrations;

/// <summary>What an orchestration is told of itself: the same at each replay, by the clock of this machine.</summary>
public sealed class ContextTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task GivenThreeTurns_WhenReplayed_ThenTimesAndIdsAreTheSameAndEachLineIsLoggedOnce()
    {
        List<string> flags = [];
        List<string> ids = [];
        await using var host = new HostUnderTest(azurite) { Options = ["--Logging:LogLevel:Story=Information"] };
        host.Book.Activity("Step", _ => 1).Orchestrator("Story", async context =>
        {
            var logger = context.CreateReplaySafeLogger("Story");
            var (seen, made) = ("", "");
            for (var step = 0; step < 3; step++)
            {
                seen += context.IsReplaying ? "T" : "F";
                made += context.NewGuid() + $" {context.CurrentUtcDateTime:o} {context.CurrentUtcDateTime.Kind};";
                logger.LogInformation("step {Step}", step);
                flags.Add(seen);
                ids.Add(made);
                if (step == 0)
                    await context.CallActivityAsync("Step", 1);
                if (step == 1)
                    await context.CreateTimer(TimeSpan.FromDays(2), CancellationToken.None);
            }
            return null;
        });
        await host.StartAsync();
        await host.RunAsync("Story", null, "id");
        await host.AdvanceAsync(TimeSpan.FromDays(9));
        Assert.Equal(["F", "T", "TF", "T", "TT", "TTF"], flags);
        Assert.Equal([ids[0], ids[0], ids[2], ids[0], ids[2], ids[5]], ids);
        Assert.All(
            Enumerable.Range(0, 3), step => Assert.Single(host.Log.All, line => line.Contains($"step {step}", StringComparison.Ordinal)));
        Assert.Contains(" 2026-03-02T09:00:00.0000000Z Utc;", ids[0], StringComparison.Ordinal);
        Assert.EndsWith(" 2026-03-04T09:00:00.0000000Z Utc;", ids[5], StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenAnIdAndATime_WhenANewGuidIsAskedFor_ThenItIsTheDocumentedOne()
    {
        await using var host = await HostUnderTest.StartAsync(
            azurite, book => book.Orchestrator("Story", context => Task.FromResult<object?>(context.NewGuid())));
        // SHA-1 over namespace 9e952958-... and "id_2026-03-02T09:00:00.0000000Z_0", worked out with another tool (Python's uuid5).
        Assert.Equal("\"18c717d5-7287-57cc-9457-a5350fcc59cb\"", (await host.RunAsync("Story", null, "id")).SerializedOutput);
    }

    [Fact]
    public async Task GivenACrashBetweenTurns_WhenReplayed_ThenTimesAndIdsAreTheSame()
    {
        List<string> seen = [];
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", async context =>
        {
            seen.Add($"{context.NewGuid()} {context.CurrentUtcDateTime:o}");
            await context.CreateTimer(TimeSpan.FromTicks(12345), CancellationToken.None);
            return null;
        }));
        await host.RunAsync("Story", null, "id");
        await host.CrashAndRestartAsync();
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal([seen[0], seen[0]], seen);
    }

    [Fact]
    public async Task GivenACustomStatus_WhenTheTurnEnds_ThenTheLastOneIsShown()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", async context =>
        {
            context.SetCustomStatus("first");
            context.SetCustomStatus(new { Round = 2 });
            return await context.WaitForExternalEvent<string>("Go");
        }));
        Assert.Equal("""{"Round":2}""", (await host.RunAsync("Story", null, "id")).SerializedCustomStatus);
        await host.CrashAndRestartAsync();
        Assert.Equal("""{"Round":2}""", (await host.LookAsync("id")).SerializedCustomStatus);
        Assert.Null((await host.Client.GetInstanceAsync("id", HostUnderTest.Cancellation))!.SerializedCustomStatus);
    }

    [Theory]
    [InlineData(8190, OrchestrationRuntimeStatus.Running)]
    [InlineData(8191, OrchestrationRuntimeStatus.Failed)]
    public async Task GivenACustomStatus_WhenItIsLongerThan16KB_ThenTheStoryFails(int length, OrchestrationRuntimeStatus expected)
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", async context =>
        {
            context.SetCustomStatus(new string('x', length));
            return await context.WaitForExternalEvent<string>("Go");
        }));
        Assert.Equal(expected, (await host.RunAsync("Story")).RuntimeStatus);
    }
}
