using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Orchestrations;

/// <summary>
/// What clients do with an orchestration: halt it, go on, end it, wait for it; and what they are told where that is not possible.
/// </summary>
public sealed class LifecycleTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenOneThatIsSuspended_WhenEventsComeAndTheHostDies_ThenItHearsThemOnceResumed()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Listener", "in", "id");
        await AssertTooLateAsync(() => host.Client.ResumeInstanceAsync("id", null, Cancellation));
        await host.Client.SuspendInstanceAsync("id", "holiday", Cancellation);
        await host.SettleAsync();
        await AssertTooLateAsync(() => host.Client.SuspendInstanceAsync("id", "again", Cancellation));
        await host.Client.RaiseEventAsync("id", "Go", "x", Cancellation);
        await host.CrashAndRestartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await host.LookAsync("id")).RuntimeStatus);
        await host.Client.ResumeInstanceAsync("id", null, Cancellation);
        Assert.Equal("x", (await host.LookAsync("id")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenASuspendedOneWithATimer_WhenItIsDueMeanwhile_ThenItGoesOnOnceResumed()
    {
        await using var host = await StartAsync();
        host.Book.Orchestrator("Story", async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return "on";
        });
        await host.RunAsync("Story", null, "id");
        await host.Client.SuspendInstanceAsync("id", null, Cancellation);
        await host.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await host.LookAsync("id")).RuntimeStatus);
        await host.Client.ResumeInstanceAsync("id", null, Cancellation);
        Assert.Equal("on", (await host.LookAsync("id")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenASuspendedOne_WhenTerminated_ThenItIsOver()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Listener", null, "id");
        await host.Client.SuspendInstanceAsync("id", null, Cancellation);
        await host.SettleAsync();
        await host.Client.TerminateInstanceAsync("id", null, Cancellation);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.LookAsync("id")).RuntimeStatus);
    }

    [Fact]
    public async Task GivenAParent_WhenTerminated_ThenItHasTheOutputGivenAndItsChildRunsOn()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Story", null, "id");
        await host.Client.TerminateInstanceAsync("id", new TerminateInstanceOptions(new { Why = "done" }, Recursive: true), Cancellation);
        var end = await host.LookAsync("id");
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, """{"Why":"done"}"""), (end.RuntimeStatus, end.SerializedOutput));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.LookAsync("child")).RuntimeStatus);
    }

    [Fact]
    public async Task GivenAnIdThatNobodyHas_WhenAskedForSomething_ThenItIsNotFound()
    {
        await using var host = await StartAsync();
        Assert.Null(await host.Client.GetInstanceAsync("nobody", Cancellation));
        Assert.Equal(0, (await host.Client.PurgeInstanceAsync("nobody", Cancellation)).PurgedInstanceCount);
        foreach (var request in Requests(host))
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(() => request("nobody"));
            Assert.Equal((StatusCode.NotFound, "No instance with ID 'nobody' was found"), (refusal.StatusCode, refusal.Status.Detail));
        }
    }

    [Fact]
    public async Task GivenOneThatIsOver_WhenAskedForSomething_ThenThatIsTooLate()
    {
        await using var host = await StartAsync();
        host.Book.Orchestrator("Story", _ => Task.FromResult<object?>(1));
        await host.RunAsync("Story", null, "done");
        foreach (var request in Requests(host))
            await AssertTooLateAsync(() => request("done"));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.LookAsync("done")).RuntimeStatus);
    }

    [Fact]
    public async Task GivenOneThatNeverComes_WhenWaitedFor_ThenTheWaitEndsWithItsToken()
    {
        await using var host = await StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var given = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => host.Client.WaitForInstanceCompletionAsync("nobody", patience.Token));
        Assert.Equal("The WaitForInstanceCompletionAsync operation was canceled.", given.Message);
    }

    [Fact]
    public async Task GivenOneThatRuns_WhenItsEndIsWaitedFor_ThenTheWaitEndsWithIt()
    {
        await using var host = await StartAsync();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Listener", null, new StartOrchestrationOptions("id"), Cancellation);
        await host.Client.WaitForInstanceStartAsync(id, Cancellation).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        var end = host.Client.WaitForInstanceCompletionAsync(id, true, Cancellation);
        await host.Client.RaiseEventAsync(id, "Go", "x", Cancellation);
        Assert.Equal("x", (await end.WaitAsync(TimeSpan.FromSeconds(60), Cancellation)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task GivenOneThatIsOver_WhenRestarted_ThenItRunsAnewWithTheSameInput()
    {
        await using var host = await StartAsync();
        host.Book.Orchestrator("Story", context => Task.FromResult<object?>(context.GetInput<string>()));
        await host.RunAsync("Story", "in", "id");
        Assert.Equal("id", await host.Client.RestartAsync("id", restartWithNewInstanceId: false, Cancellation));
        var other = await host.Client.RestartAsync("id", restartWithNewInstanceId: true, Cancellation);
        Assert.NotEqual("id", other);
        Assert.Equal(
            ("in", "in"), ((await host.LookAsync("id")).ReadOutputAs<string>(), (await host.LookAsync(other)).ReadOutputAs<string>()));
        await Assert.ThrowsAsync<ArgumentException>(
            () => host.Client.RestartAsync("nobody", restartWithNewInstanceId: false, Cancellation));
    }

    private static async Task AssertTooLateAsync(Func<Task> request) =>
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(request)).StatusCode);

    private static Func<string, Task>[] Requests(HostUnderTest host) =>
    [
        id => host.Client.RaiseEventAsync(id, "Go", null, Cancellation),
        id => host.Client.TerminateInstanceAsync(id, Cancellation),
        id => host.Client.SuspendInstanceAsync(id, null, Cancellation),
        id => host.Client.ResumeInstanceAsync(id, null, Cancellation),
    ];

    private Task<HostUnderTest> StartAsync() => HostUnderTest.StartAsync(azurite, book => book
        .Orchestrator("Listener", async context => await context.WaitForExternalEvent<string>("Go"))
        .Orchestrator("Story", async context =>
            await context.CallSubOrchestratorAsync<string>("Listener", new SubOrchestrationOptions(instanceId: "child"))));
}
