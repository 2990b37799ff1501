using LocalFunctions.DurableTask;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Engine;

/// <summary>durable-behaviour.md, "ContinueAsNew", the host's column.</summary>
public sealed class DurableContinueAsNewTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(true, "\"kept\"")]
    [InlineData(false, "\"none\"")]
    public async Task Continue_as_new_keeps_or_drops_events_and_ignores_the_return_value(bool keep, string expected)
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", async context =>
        {
            if (context.GetInput<int>() == 0)
            {
                context.SetCustomStatus("stays");
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
        await host.Client.RaiseEventAsync("id", "Word", "kept", DurableHost.Soon);
        await host.AdvanceAsync(TimeSpan.FromHours(3));
        var end = await host.LookAsync("id");
        Assert.Equal((expected, "1", "\"stays\""), (end.SerializedOutput, end.SerializedInput, end.SerializedCustomStatus));
        Assert.True(end.CreatedAt > before.CreatedAt);
    }

    [Fact]
    public async Task Continue_as_new_and_then_throwing_fails()
    {
        await using var host = await DurableHost.StartAsync(azurite, host => host.Orchestrator("Story", context =>
        {
            context.ContinueAsNew(1);
            throw new InvalidOperationException("after all");
        }));
        Assert.Equal("System.InvalidOperationException: after all", (await host.RunAsync("Story")).SerializedOutput);
    }
}
