using Azure.Storage.Blobs;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Spectrum.PrivacyFlows.Operations.Health;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Orchestrations;

/// <summary>Looking for orchestrations, and deleting them.</summary>
public sealed class PurgeAndQueryTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenOneThatRuns_WhenPurged_ThenItIsRefusedUntilItIsOverAndItsIdIsFreeThen()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Listener", null, "id");
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => host.Client.PurgeInstanceAsync("id", Cancellation));
        Assert.Contains("Only orchestrations in a terminal state can be purged", refusal.ToString(), StringComparison.Ordinal);
        await host.Client.TerminateInstanceAsync("id", Cancellation);
        await host.SettleAsync();
        Assert.Equal(1, (await host.Client.PurgeInstanceAsync("id", Cancellation)).PurgedInstanceCount);
        Assert.Null(await host.Client.GetInstanceAsync("id", Cancellation));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.RunAsync("Listener", null, "id")).RuntimeStatus);
    }

    [Fact]
    public async Task GivenAFilter_WhenPurged_ThenItIsHonouredAndWhatRunsIsKept()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Story", null, "old");
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        await host.RunAsync("Story", null, "new");
        await host.RunAsync("Listener", null, "runs");
        var yesterday = HostUnderTest.Start.AddHours(12);
        Assert.Equal(
            1, (await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(null, yesterday), Cancellation)).PurgedInstanceCount);
        Assert.Null(await host.Client.GetInstanceAsync("old", Cancellation));
        var all = new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Running]);
        Assert.Equal(1, (await host.Client.PurgeAllInstancesAsync(all, Cancellation)).PurgedInstanceCount);
        Assert.NotNull(await host.Client.GetInstanceAsync("runs", Cancellation));
    }

    [Fact]
    public async Task GivenALargeOne_WhenPurged_ThenItsBlobsGoToo()
    {
        var large = new string('x', 200_000);
        await using var host = await StartAsync();
        await host.RunAsync("Story", large, "a/b");
        var container = new BlobContainerClient(azurite.ConnectionString, host.Hub.ToLowerInvariant() + "-orchestrations");
        Assert.True(container.GetBlobs(cancellationToken: Cancellation).Count() > 1);
        await host.Client.PurgeInstanceAsync("a/b", Cancellation);
        Assert.Equal(["host-lease"], container.GetBlobs(cancellationToken: Cancellation).Select(blob => blob.Name));
    }

    [Fact]
    public async Task GivenNoWishForThem_WhenLookedAt_ThenInputsAndOutputsAreNotShown()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Story", "in", "id");
        var found = (await host.Client.GetInstanceAsync("id", Cancellation))!;
        Assert.True(found is
        {
            SerializedInput: null, SerializedOutput: null, SerializedCustomStatus: null, FailureDetails: null,
            IsCompleted: true
        });
        Assert.Throws<InvalidOperationException>(() => found.ReadOutputAs<string>());
        Assert.Equal((HostUnderTest.Start, HostUnderTest.Start), (found.CreatedAt, found.LastUpdatedAt));
    }

    [Fact]
    public async Task GivenAPrefixWhoseCaseMatters_WhenQueried_ThenPagesComeInTheOrderOfIds()
    {
        await using var host = await StartAsync();
        foreach (var id in new[] { "case-3", "case-1", "CASE-9", "case-2", "other", "case-5", "case-4", "case/6" })
            await host.RunAsync(id == "case-4" ? "Listener" : "Story", "in", id);
        List<int> sizes = [];
        List<string> ids = [];
        string? token = null;
        var query = new OrchestrationQuery(InstanceIdPrefix: "case-", PageSize: 2);
        await foreach (var page in host.Client.GetAllInstancesAsync(query).AsPages())
        {
            sizes.Add(page.Values.Count);
            ids.AddRange(page.Values.Select(found => found.InstanceId));
            token ??= page.ContinuationToken;
        }
        Assert.Equal([2, 2, 1], sizes);
        Assert.Equal(["case-1", "case-2", "case-3", "case-4", "case-5"], ids);
        var rest = await AllAsync(host, query with { ContinuationToken = token });
        Assert.Equal(ids.Skip(2), rest.Select(found => found.InstanceId));
    }

    [Fact]
    public async Task GivenStatusesAndDates_WhenQueried_ThenOnlyThoseAreFoundWithTheirInputsOnRequest()
    {
        await using var host = await StartAsync();
        await host.RunAsync("Story", "old", "old");
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        await host.RunAsync("Story", "new", "new");
        await host.RunAsync("Listener", "runs", "runs");
        var running = Assert.Single(
            await AllAsync(host, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Running], FetchInputsAndOutputs: true)));
        Assert.Equal(("runs", "\"runs\""), (running.InstanceId, running.SerializedInput));
        var recent = await AllAsync(host, new OrchestrationQuery(CreatedFrom: HostUnderTest.Start.AddHours(12)));
        Assert.Equal([("new", null), ("runs", null)], recent.Select(found => (found.InstanceId, found.SerializedInput)));
        Assert.Equal(
            "old", Assert.Single(await AllAsync(host, new OrchestrationQuery(CreatedTo: HostUnderTest.Start.AddHours(12)))).InstanceId);
    }

    private static async Task<List<OrchestrationMetadata>> AllAsync(HostUnderTest host, OrchestrationQuery query) =>
        await host.Client.GetAllInstancesAsync(query).ToListAsync(Cancellation);

    private Task<HostUnderTest> StartAsync() => HostUnderTest.StartAsync(azurite, book => book
        .Orchestrator("Story", context => Task.FromResult<object?>(context.GetInput<string>()))
        .Orchestrator("Listener", async context => await context.WaitForExternalEvent<string>("Go")));
}
