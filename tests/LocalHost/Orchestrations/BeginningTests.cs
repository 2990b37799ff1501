using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Orchestrations;

/// <summary>How an orchestration begins, under which id and when, and when it does not, as on the Functions host.</summary>
public sealed class BeginningTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task GivenNoId_WhenStarted_ThenItIsThirtyTwoHexadecimalDigits(string? id)
    {
        await using var host = await StartAsync();
        Assert.Matches("^[0-9a-f]{32}$",
            await host.Client.ScheduleNewOrchestrationInstanceAsync("Listener", null, new StartOrchestrationOptions(id), Cancellation));
    }

    [Fact]
    public async Task GivenIdsThatTableKeysMayNotHold_WhenStarted_ThenTheyRun()
    {
        await using var host = await StartAsync();
        foreach (var id in new[] { "a/b", @"a#b?c\d", new string('x', 300), "100%~", "it's å" })
            Assert.Equal(id, (await host.RunAsync("Story", null, id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenAnIdThatIsReserved_WhenStarted_ThenItIsRefused()
    {
        await using var host = await StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => host.RunAsync("Story", null, "@x"));
    }

    [Fact]
    public async Task GivenACompletedOne_WhenStartedAgain_ThenItIsReplacedAndARunningOneIsNot()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Story", null, "one");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.RunAsync("Listener", null, "one")).RuntimeStatus);
        var refusal = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => host.RunAsync("Story", null, "one"));
        Assert.Equal("An Orchestration instance with the ID one already exists.", refusal.Message);
    }

    [Fact]
    public async Task GivenDedupeStatuses_WhenStartedAgain_ThenOneThatHasOneOfThemStays()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Story", null, "one");
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartAgainAsync(OrchestrationRuntimeStatus.Completed));
        await StartAgainAsync(OrchestrationRuntimeStatus.Failed);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.LookAsync("one")).RuntimeStatus);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartAgainAsync(OrchestrationRuntimeStatus.Failed));

        Task StartAgainAsync(OrchestrationRuntimeStatus kept) => host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Listener", null, new StartOrchestrationOptions("one").WithDedupeStatuses(kept), Cancellation);
    }

    [Fact]
    public async Task GivenAStartLaterOn_WhenTheHostDiesMeanwhile_ThenItIsPendingUntilThenAndCanBeEnded()
    {
        await using var host = await StartAsync();
        var later = new StartOrchestrationOptions("later", HostUnderTest.Start.AddHours(2));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Listener", null, later, Cancellation);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Listener", null, later with { InstanceId = "never" }, Cancellation);
        await host.Client.TerminateInstanceAsync("never", Cancellation);

        await host.CrashAndRestartAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await host.LookAsync("later")).RuntimeStatus);
        Assert.Equal(HostUnderTest.Start.AddHours(2), host.App.Engine.NextDue);
        await host.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.LookAsync("later")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.LookAsync("never")).RuntimeStatus);
    }

    [Fact]
    public async Task GivenAStartInThePast_WhenStarted_ThenItRunsNow()
    {
        await using var host = await StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Story", null, new StartOrchestrationOptions("id", HostUnderTest.Start.AddDays(-1)), Cancellation);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.LookAsync("id")).RuntimeStatus);
    }

    [Fact]
    public async Task GivenANameInAnotherCase_WhenStarted_ThenItIsFoundAndSeenAsCalled()
    {
        await using var host = await StartAsync();
        host.Book.Orchestrator("Story", context => Task.FromResult<object?>(context.Name.Name));
        Assert.Equal("sTORy", (await host.RunAsync("sTORy")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenANameThatNobodyHas_WhenStarted_ThenItFailsAndSaysWhich()
    {
        await using var host = await StartAsync();
        var end = await host.RunAsync("Nobody");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("The function 'Nobody' doesn't exist", end.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenManyStartsOfOneIdAtOnce_WhenTheyRace_ThenOneWins()
    {
        await using var host = await StartAsync();
        var starts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                await host.Client.ScheduleNewOrchestrationInstanceAsync(
                    "Listener", null, new StartOrchestrationOptions("one"), Cancellation);
                return true;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return false;
            }
        }));
        Assert.Single(starts, won => won);
    }

    private Task<HostUnderTest> StartAsync() => HostUnderTest.StartAsync(azurite, book => book
        .Orchestrator("Story", context => Task.FromResult<object?>(context.InstanceId))
        .Orchestrator("Listener", async context => await context.WaitForExternalEvent<string>("Go")));
}
