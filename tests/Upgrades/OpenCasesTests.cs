using LocalFunctions.Replay;
using Microsoft.Extensions.Logging.Abstractions;
using Spectrum.PrivacyFlows.Tests.Templates;

namespace Spectrum.PrivacyFlows.Tests.Upgrades;

/// <summary>
/// Cases are open for a month, so every release meets histories of the one before. Those in <c>Histories</c> were recorded with a release
/// and are not recorded anew: today's story has to follow each of them, turn by turn, as if the case were open now. One that cannot be
/// followed means that open cases would stop; docs/operations.md says how to change the story beside the old one.
/// </summary>
public sealed class OpenCasesTests(AzuriteFixture azurite)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Upgrades", "Histories");

    public static TheoryData<string> Recorded => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void GivenAHistoryOfAnEarlierRelease_TheStoryFollowsIt(string name)
    {
        var turns = Turns(HistoryEvent.Read(File.ReadAllText(Path.Combine(Folder, name + ".json"))));
        Assert.InRange(turns.Count, 5, 200);
        for (var turn = 0; turn < turns.Count; turn++)
        {
            var outcome = Replay(turns, turn);
            Assert.False(outcome.Ending is Ending.Failed, $"Turn {turn + 1}: {(outcome.Ending as Ending.Failed)?.Output}");
            Assert.Equal(turns[turn].Where(IsAction).Select(Line), outcome.Actions.Select(Line));
            Assert.Equal(turn == turns.Count - 1, outcome.Ending is Ending.Completed);
        }
    }

    [Fact]
    public void GivenAStoryThatTakesAnotherTurn_TheReplayFails()
    {
        var turns = Turns(HistoryEvent.Read(File.ReadAllText(Path.Combine(Folder, "v1-answered.json"))).Select(entry => entry.Name == "Acknowledge" ? entry with { Name = "AnswerAtOnce" } : entry));
        Assert.IsType<Ending.Failed>(Replay(turns, turns.Count - 1).Ending);
    }

    /// <summary>Writes histories of this release where there are none of their names: see docs/operations.md for when a new set is due.</summary>
    [Fact]
    public async Task HistoriesOfThisRelease_AreRecorded()
    {
        foreach (var (name, live) in Lives)
        {
            var file = Path.Combine(Folder, $"v1-{name}.json");
            if (File.Exists(file))
                continue;
            Assert.True(Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1", $"There is no {name}. Run once with UPDATE_SNAPSHOTS=1.");
            await File.WriteAllTextAsync(file, HistoryEvent.Write([.. (await live(azurite)).SelectMany(turn => turn)]), TestContext.Current.CancellationToken);
        }
        Assert.Equal(Lives.Keys.Select(name => $"v1-{name}").Order(), Recorded.Select(row => row.Data).Where(name => name.StartsWith("v1-", StringComparison.Ordinal)).Order());
    }

    private static readonly Dictionary<string, Func<AzuriteFixture, Task<IReadOnlyList<IReadOnlyList<HistoryEvent>>>>> Lives = new()
    {
        ["answered"] = async azurite =>
        {
            await using var story = await StoryHost.StartAsync(azurite);
            await story.PassAsync(4);
            await story.AnswerAsync("identity", "yes");
            await story.AnswerAsync("decision-1", "collect-again");
            await story.PassAsync(15);
            await story.AnswerAsync("decision-2", "approve");
            await story.PassAsync(2);
            await story.AnswerAsync("receipt", "yes");
            return await story.HistoryAsync();
        },
        ["sorted-refused"] = async azurite =>
        {
            await using var story = await StoryHost.StartAsync(azurite, understood: false, downSystem: "print-jobs");
            await story.PassAsync(18);
            await story.AnswerAsync("sorting", "access");
            await story.AnswerAsync("identity", "yes");
            await story.PassAsync(1);
            await story.AnswerAsync("decision-1", "refuse");
            return await story.HistoryAsync();
        },
        ["by-hand"] = async azurite =>
        {
            await using var story = await StoryHost.StartAsync(azurite, understood: false);
            await story.AnswerAsync("sorting", "answered");
            return await story.HistoryAsync();
        },
        ["not-confirmed"] = async azurite =>
        {
            await using var story = await StoryHost.StartAsync(azurite);
            await story.PassAsync(30);
            return await story.HistoryAsync();
        },
        ["never-fetched"] = async azurite =>
        {
            await using var story = await StoryHost.StartAsync(azurite);
            await story.AnswerAsync("identity", "yes");
            await story.AnswerAsync("decision-1", "approve");
            await story.PassAsync(8);
            return await story.HistoryAsync();
        },
    };

    private static TurnOutcome Replay(List<List<HistoryEvent>> turns, int turn) => OrchestrationRun.Execute(new Turn
    {
        InstanceId = StoryHost.CaseId,
        Name = "PrivacyRequest",
        Input = $"\"{StoryHost.CaseId}\"",
        Function = async context => await PrivacyRequestOrchestration.PrivacyRequest(context, context.GetInput<string>()!),
        History = [.. turns.Take(turn).SelectMany(entries => entries)],
        News = [.. turns[turn].Where(entry => !IsAction(entry))],
        Loggers = NullLoggerFactory.Instance,
    });

    private static List<List<HistoryEvent>> Turns(IEnumerable<HistoryEvent> history)
    {
        var turns = new List<List<HistoryEvent>>();
        foreach (var entry in history)
        {
            if (entry.Kind == EventKind.TurnStarted)
                turns.Add([]);
            turns[^1].Add(entry);
        }
        return turns;
    }

    private static bool IsAction(HistoryEvent entry) => entry.Kind is EventKind.ActivityScheduled or EventKind.TimerCreated or EventKind.TimerCancelled or EventKind.EventSent or EventKind.ChildScheduled;

    private static string Line(HistoryEvent entry) => $"{entry.Kind} #{entry.Id} {entry.Name} {entry.Payload} {entry.At:O}";
}
