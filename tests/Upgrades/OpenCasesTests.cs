using Microsoft.DurableTask;
using Spectrum.PrivacyFlows.Tests.Exchange;
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

    public static TheoryData<string> Recorded =>
        [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void GivenAHistoryOfAnEarlierRelease_WhenReplayed_ThenTheStoryFollowsIt(string name)
    {
        var history = Read(name);
        Assert.InRange(history.TurnCount, 5, 200);
        for (var turn = 0; turn < history.TurnCount; turn++)
            Assert.Equal(
                (turn, Lines(history.Recorded(turn))), (turn, Lines(history.Replayed(turn, PrivacyRequestOrchestration.PrivacyRequest))));
        Assert.Contains("Completed", history.Recorded(history.TurnCount - 1)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void GivenAHistoryWithAnotherStep_WhenReplayed_ThenItCannotBeFollowed()
    {
        var history = Read("v1-answered").With(happened =>
        {
            if (happened.TaskScheduled?.Name == "Acknowledge")
                happened.TaskScheduled.Name = "AnswerAtOnce";
        });
        AssertLost(history, PrivacyRequestOrchestration.PrivacyRequest);
    }

    [Fact]
    public void GivenAStoryWithAStepMoreInFront_WhenReplayed_ThenItCannotFollow() =>
        AssertLost(Read("v1-answered"), async (context, caseId) =>
        {
            await context.CallActivityAsync("Destroy", caseId);
            return await PrivacyRequestOrchestration.PrivacyRequest(context, caseId);
        });

    [Fact]
    public void GivenAStoryThatWaitsFirst_WhenReplayed_ThenItCannotFollow() =>
        AssertLost(Read("v1-by-hand"), async (context, caseId) =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return await PrivacyRequestOrchestration.PrivacyRequest(context, caseId);
        });

    [Fact]
    public void GivenAStoryThatEndsOtherwise_WhenReplayed_ThenItsLastTurnDiffers()
    {
        var history = Read("v1-answered");
        var last = history.TurnCount - 1;
        var replayed = history.Replayed(
            last, async (context, caseId) => await PrivacyRequestOrchestration.PrivacyRequest(context, caseId) + ", perhaps");
        Assert.NotEqual(history.Recorded(last), replayed);
    }

    /// <summary>
    /// Writes histories of this release where there are none of their names: see docs/operations.md for when a new set is due.
    /// </summary>
    [Fact]
    public async Task GivenNoHistoryOfAName_WhenToldTo_ThenItIsRecorded()
    {
        foreach (var (name, live) in Lives)
        {
            var file = Path.Combine(Folder, $"v1-{name}.json");
            if (File.Exists(file))
                continue;
            Assert.True(
                Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1", $"There is no {name}. Run once with UPDATE_SNAPSHOTS=1.");
            await using var story = await live(azurite);
            await new RecordedHistory(await story.HistoryAsync()).WriteAsync(file, TestContext.Current.CancellationToken);
        }
        Assert.Equal(
            Lives.Keys.Select(name => $"v1-{name}").Order(),
            Recorded.Select(row => row.Data).Where(name => name.StartsWith("v1-", StringComparison.Ordinal)).Order());
    }

    /// <summary>What is recorded is what the host runs, also on the day after the recording.</summary>
    [Fact]
    public async Task GivenTheStoryToday_WhenItRunsOnTheHost_ThenItsHistoryIsTheOneRecordedOrANewSetIsDue()
    {
        await using var story = await Lives["by-hand"](azurite);
        var (now, then) = (new RecordedHistory(await story.HistoryAsync()), Read("v1-by-hand"));
        Assert.Equal(
            Enumerable.Range(0, then.TurnCount).SelectMany(then.Recorded),
            Enumerable.Range(0, now.TurnCount).SelectMany(now.Recorded));
    }

    private static readonly Dictionary<string, Func<AzuriteFixture, Task<StoryHost>>> Lives = new()
    {
        ["answered"] = async azurite =>
        {
            var story = await StoryHost.StartAsync(azurite);
            await story.PassAsync(4);
            await story.AnswerAsync("identity", "yes");
            await story.AnswerAsync("decision-1", "collect-again");
            await story.PassAsync(15);
            await story.AnswerAsync("decision-2", "approve");
            await story.PassAsync(2);
            await story.AnswerAsync("receipt", "yes");
            return story;
        },
        ["sorted-refused"] = async azurite =>
        {
            var story = await StoryHost.StartAsync(azurite, understood: false, downSystem: "print-jobs");
            await story.PassAsync(18);
            await story.AnswerAsync("sorting", "access");
            await story.AnswerAsync("identity", "yes");
            await story.PassAsync(1);
            await story.AnswerAsync("decision-1", "refuse");
            return story;
        },
        ["by-hand"] = async azurite =>
        {
            var story = await StoryHost.StartAsync(azurite, understood: false);
            await story.AnswerAsync("sorting", "answered");
            return story;
        },
        ["not-confirmed"] = async azurite =>
        {
            var story = await StoryHost.StartAsync(azurite);
            await story.PassAsync(30);
            return story;
        },
        ["never-fetched"] = async azurite =>
        {
            var story = await StoryHost.StartAsync(azurite);
            await story.AnswerAsync("identity", "yes");
            await story.AnswerAsync("decision-1", "approve");
            await story.PassAsync(8);
            return story;
        },
    };

    private static RecordedHistory Read(string name) => RecordedHistory.Read(Path.Combine(Folder, name + ".json"));

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    /// <summary>From the turn of the difference on, the official worker says that the story went another way.</summary>
    private static void AssertLost(RecordedHistory history, Func<TaskOrchestrationContext, string, Task<string>> story) =>
        Assert.Contains(
            "Non-Deterministic workflow detected", Lines(history.Replayed(history.TurnCount - 1, story)), StringComparison.Ordinal);
}
