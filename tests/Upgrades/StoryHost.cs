using System.Text.Json;
using LocalFunctions.Replay;
using LocalFunctions.Storage;
using Spectrum.PrivacyFlows.Steps.Collecting;
using Spectrum.PrivacyFlows.Steps.Deciding;
using Spectrum.PrivacyFlows.Steps.Identity;
using Spectrum.PrivacyFlows.Steps.Opening;
using Spectrum.PrivacyFlows.Tests.Runtime.Engine;

namespace Spectrum.PrivacyFlows.Tests.Upgrades;

/// <summary>The story, told to its end with activities that answer as they would: to record what a release's history looks like.</summary>
internal sealed class StoryHost : IAsyncDisposable
{
    public const string CaseId = "PR-2026-000001";
    private static readonly DateOnly Due = new(2026, 4, 2);
    private readonly Dictionary<string, string> answers = [];
    private readonly string connectionString;
    private readonly DurableHost host;

    private StoryHost(string connectionString, DurableHost host) => (this.connectionString, this.host) = (connectionString, host);

    /// <param name="understood">The rules know what the request asks for.</param>
    /// <param name="downSystem">A system that never answers.</param>
    public static async Task<StoryHost> StartAsync(AzuriteFixture azurite, bool understood = true, string? downSystem = null)
    {
        StoryHost? story = null;
        var host = await DurableHost.StartAsync(azurite, it => it
            .Orchestrator("PrivacyRequest", async context => await PrivacyRequestOrchestration.PrivacyRequest(context, context.GetInput<string>()!))
            .Activity("Understand", _ => new Understood(understood, IsAnsweredByHand: false, Due))
            .Activity("Acknowledge", _ => null)
            .Activity("AskWhatItIs", _ => null)
            .Activity("TakeSorting", input => new Understood(Property(input, "Choice") is "access" or "both", Property(input, "Choice") is "answered" or "none", Due))
            .Activity("StartAsking", _ => story!.host.Clock.GetUtcNow().UtcDateTime)
            .Activity("RemindOfIdentity", _ => null)
            .Activity("ReadAnswer", input => story!.answers.GetValueOrDefault(Property(input, "Question")!))
            .Activity("TakeIdentity", input => Property(input, "Choice") switch { "yes" => IdentityAnswer.Confirmed, "no" => IdentityAnswer.Denied, _ => IdentityAnswer.None })
            .Activity("FindPerson", _ => new FoundPerson(["crm", "print-jobs", "web-access"], null))
            .Activity("CollectFromSystem", input => Property(input, "System") == downSystem ? throw new InvalidOperationException("down") : new SystemOutcome(Property(input, "System")!, 3, "", ""))
            .Activity("BuildBundle", _ => null)
            .Activity("AskForDecision", _ => null)
            .Activity("TakeDecision", input => Property(input, "Choice") switch { "approve" => Decision.Approve, "refuse" => Decision.Refuse, _ => Decision.CollectAgain })
            .Activity("TellOfRefusal", _ => null)
            .Activity("Deliver", _ => story!.host.Clock.GetUtcNow().UtcDateTime.AddDays(7))
            .Activity("Destroy", _ => null)
            .Activity("Close", _ => null));
        story = new StoryHost(azurite.ConnectionString, host);
        await host.RunAsync("PrivacyRequest", CaseId, CaseId);
        return story;
    }

    public async Task AnswerAsync(string question, string choice)
    {
        answers[question] = choice;
        await host.Client.RaiseEventAsync(CaseId, question, "", DurableHost.Soon);
        await host.LookAsync(CaseId);
    }

    public Task PassAsync(int days) => host.AdvanceAsync(TimeSpan.FromDays(days));

    /// <summary>The history, turn by turn, once the story has ended.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<HistoryEvent>>> HistoryAsync()
    {
        var state = await host.LookAsync(CaseId);
        Assert.True(state.IsCompleted, $"The story is still {state.RuntimeStatus}.");
        return (await new InstanceStore(connectionString, host.TaskHub, new WriteGate(null)).LoadAsync(CaseId, DurableHost.Soon))!.Turns.ToList();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static string? Property(string? json, string name) => JsonDocument.Parse(json!).RootElement.GetProperty(name).GetString();
}
