using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Orchestrations;

/// <summary>An orchestration that begins anew under its id.</summary>
public sealed class ContinueAsNewTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(true, "kept")]
    [InlineData(false, "none")]
    public async Task GivenAnEventNotYetHeard_WhenItContinuesAsNew_ThenItIsKeptOrDroppedAndTheReturnValueIgnored(bool keep, string expected)
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", async context =>
        {
            if (context.GetInput<int>() == 0)
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                context.ContinueAsNew(1, keep);
                return "ignored";
            }
            try
            {
                return await context.WaitForExternalEvent<string>("Word", TimeSpan.FromHours(1));
            }
            catch (TaskCanceledException)
            {
                return "none";
            }
        }));
        var before = await host.RunAsync("Story", 0, "id");
        await host.Client.RaiseEventAsync("id", "Word", "kept", HostUnderTest.Cancellation);
        await host.AdvanceAsync(TimeSpan.FromHours(3));
        var end = await host.LookAsync("id");
        Assert.Equal((expected, "1"), (end.ReadOutputAs<string>(), end.SerializedInput));
        Assert.Equal(before.CreatedAt.AddHours(1), end.CreatedAt);
    }

    [Fact]
    public async Task GivenACustomStatus_WhenItContinuesAsNew_ThenItIsKept()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", async context =>
        {
            if (context.GetInput<int>() == 0)
            {
                context.SetCustomStatus("stays");
                context.ContinueAsNew(1);
                return null;
            }
            return await context.WaitForExternalEvent<string>("Word");
        }));
        Assert.Equal("\"stays\"", (await host.RunAsync("Story", 0)).SerializedCustomStatus);
    }

    [Fact]
    public async Task GivenAStoryThatThrowsAfterwards_WhenItContinuesAsNew_ThenItFails()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", context =>
        {
            context.ContinueAsNew(1);
            throw new InvalidOperationException("after all");
        }));
        Assert.Equal("System.InvalidOperationException: after all", (await host.RunAsync("Story")).SerializedOutput);
    }

    [Fact]
    public async Task GivenAHundredLives_WhenTheyAreOver_ThenTheHistoryIsTheLastOneAlone()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Orchestrator("Story", context =>
        {
            var life = context.GetInput<int>();
            if (life < 100)
                context.ContinueAsNew(life + 1);
            return Task.FromResult<object?>(life);
        }));
        Assert.Equal(100, (await host.RunAsync("Story", 1, "id")).ReadOutputAs<int>());
        await host.SettleAsync();
        Assert.Equal(2, RowCount(host));
    }

    private int RowCount(HostUnderTest host) =>
        new Azure.Data.Tables.TableClient(azurite.ConnectionString, host.Hub + "Orchestrations")
            .Query<Azure.Data.Tables.TableEntity>(cancellationToken: HostUnderTest.Cancellation).Count();
}
