using System.Text.Json;
using DurableTask.Core;
using LocalHost;
using LocalHost.Setup;
using LocalHost.Storage;
using LocalHost.Worker;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.Extensions.Hosting;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tests.Exchange;
using P = Microsoft.DurableTask.Protobuf;

namespace Spectrum.PrivacyFlows.Tests.Upgrades;

/// <summary>
/// The app itself on the local host, its activities answered by a script instead of the world: to record what a release's history
/// looks like.
/// </summary>
internal sealed class StoryHost : IAsyncDisposable
{
    public const string CaseId = "PR-2026-000001";
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly AzuriteFixture azurite;
    private readonly StoryScript script;
    private readonly string hub = "T" + Guid.NewGuid().ToString("N");
    private LocalApp? app;
    private TaskHubClient? client;

    private StoryHost(AzuriteFixture azurite, StoryScript script) => (this.azurite, this.script) = (azurite, script);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="understood">The rules know what the request asks for.</param>
    /// <param name="downSystem">A system that never answers.</param>
    public static async Task<StoryHost> StartAsync(AzuriteFixture azurite, bool understood = true, string? downSystem = null)
    {
        var story = new StoryHost(azurite, new StoryScript(understood, downSystem));
        await story.StartAsync();
        return story;
    }

    public async Task AnswerAsync(string question, string choice)
    {
        script.Answers[question] = choice;
        await client!.RaiseEventAsync(new OrchestrationInstance { InstanceId = CaseId }, question, "");
        await SettleAsync();
    }

    public Task PassAsync(int days) => app!.Clock.AdvanceAsync(TimeSpan.FromDays(days), Cancellation);

    /// <summary>The history, once the story has ended.</summary>
    public async Task<IReadOnlyList<P.HistoryEvent>> HistoryAsync()
    {
        await SettleAsync();
        var stored = (await new InstanceStore(azurite.ConnectionString, hub, new WriteGate()).LoadAsync(CaseId, Cancellation))!;
        Assert.True(stored.Record.IsOver, $"The story is still {stored.Record.State.OrchestrationStatus}.");
        return [.. stored.History.Select(ProtobufUtils.ToHistoryEventProto)];
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
    }

    private async Task StartAsync()
    {
        var plan = new HostPlan
        {
            IsEmbedded = true,
            StandingAt = Start,
            HasServices = false,
            Arguments = [
                $"--AzureWebJobsStorage={azurite.ConnectionString}", $"--AzureFunctionsJobHost:extensions:durableTask:hubName={hub}"],
        };
        app = await LocalApp.StartAsync(
            plan, new FunctionApp(typeof(CaseId).Assembly, builder => builder.ConfigureFunctionsWebApplication()), Script, Cancellation);
        script.Clock = app.Clock;
        client = new TaskHubClient(app.Engine.Service);
        await client.CreateOrchestrationInstanceAsync("PrivacyRequest", "", CaseId, CaseId);
        await SettleAsync();
    }

    private Task SettleAsync() => app!.Engine.SettleAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

    /// <summary>The story is the app's own; whatever else would run is answered here.</summary>
    private void Script(FunctionsApplicationBuilder builder) => builder.UseMiddleware(async (context, next) =>
    {
        var trigger = context.FunctionDefinition.InputBindings.Values.Single(
            binding => binding.Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
        if (trigger.Type.Equals("orchestrationTrigger", StringComparison.OrdinalIgnoreCase))
            await next();
        else if (trigger.Type.Equals("activityTrigger", StringComparison.OrdinalIgnoreCase))
            context.GetInvocationResult().Value = script.Answer(
                context.FunctionDefinition.Name, (await context.BindInputAsync<JsonElement>(trigger)).Value);
    });
}
