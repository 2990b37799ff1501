using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Rights;
using Spectrum.PrivacyFlows.Tables;

namespace Spectrum.PrivacyFlows.Cases;

/// <summary>
/// What the person and the officer said, each question answered once: the first answer is inserted and stands. It is stored
/// before the orchestration is woken, so an answer outlives a crash between the two, and a restarted orchestration finds it.
/// </summary>
public sealed class CaseAnswers(CaseAccount storage, CaseSeals seals, TimeProvider clock)
{
    private readonly TableOnFirstUse answers = new(storage.Tables, "Answers");

    /// <summary>Stores an answer.</summary>
    /// <returns>True where it is the first, or the same link's own once more; false where another link answered before.</returns>
    public async Task<bool> TryAnswerAsync(CaseId caseId, Question question, Answer answer, CancellationToken cancellation = default)
    {
        var table = await answers.GetAsync(cancellation);
        answer = answer with { At = clock.GetUtcNow() };
        var row = new TableEntity(caseId.ToString(), question.Key)
        {
            [nameof(Answer.Choice)] = answer.Choice,
            [nameof(Answer.By)] = answer.By,
            [nameof(Answer.Text)] = answer.Text,
            [nameof(Answer.LinkId)] = answer.LinkId,
            [nameof(Answer.At)] = answer.At,
            ["Seal"] = seals.Seal(Parts(caseId, question, answer)),
        };
        try
        {
            await table.AddEntityAsync(row, cancellation);
            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status == 409)
        {
            var first = await FindAsync(caseId, question, cancellation);
            return first is not null && first.LinkId == answer.LinkId && first.Choice == answer.Choice;
        }
    }

    /// <summary>
    /// The time for an answer is over. In one place with the answers, so that it is one or the other: who comes first stands.
    /// </summary>
    /// <returns>The answer that stands: a person's, where it was there before, else one of <see cref="Answer.TimedOut"/>.</returns>
    public async Task<Answer> TimeOutAsync(CaseId caseId, Question question, CancellationToken cancellation = default)
    {
        await TryAnswerAsync(caseId, question, new Answer(Answer.TimedOut, "", "", ""), cancellation);
        return (await FindAsync(caseId, question, cancellation))!;
    }


    /// <summary>The answer, or null while there is none.</summary>
    /// <exception cref="CaseSealException">Somebody else wrote it.</exception>
    public async Task<Answer?> FindAsync(CaseId caseId, Question question, CancellationToken cancellation = default)
    {
        var table = await answers.GetAsync(cancellation);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(caseId.ToString(), question.Key, cancellationToken: cancellation);
        if (found is not { HasValue: true, Value: { } row })
            return null;
        var answer = Read(row);
        return seals.Holds(Text(row, "Seal"), Parts(caseId, question, answer))
            ? answer
            : throw new CaseSealException(caseId.ToString(), $"the answer to {question.Key} in the table Answers");
    }

    /// <summary>Seals every answer as it stands, whoever wrote it: see <see cref="CaseStore.SealAllAsync"/>.</summary>
    /// <returns>How many did not hold before.</returns>
    public async Task<int> SealAllAsync(CancellationToken cancellation = default)
    {
        var table = await answers.GetAsync(cancellation);
        var count = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            var parts = Parts(CaseId.Parse(row.PartitionKey), new Question(row.RowKey), Read(row));
            if (seals.Holds(Text(row, "Seal"), parts))
                continue;
            row["Seal"] = seals.Seal(parts);
            await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
            count++;
        }
        return count;
    }

    private static Answer Read(TableEntity row) => new(
        Text(row, nameof(Answer.Choice)),
        Text(row, nameof(Answer.By)),
        Text(row, nameof(Answer.Text)),
        Text(row, nameof(Answer.LinkId)),
        row.TryGetValue(nameof(Answer.At), out var at) && at is DateTimeOffset moment ? moment : default);

    private static string Text(TableEntity row, string name) => row.TryGetValue(name, out var value) && value is string text ? text : "";

    private static IReadOnlyList<string> Parts(CaseId caseId, Question question, Answer answer) =>
    [
        "Answers", caseId.ToString(), question.Key, answer.Choice, answer.By, answer.Text, answer.LinkId,
        answer.At.UtcTicks.ToString(CultureInfo.InvariantCulture),
    ];
}

/// <summary>Something that a case waits to be told; its key is also the name of the event that wakes the orchestration.</summary>
public readonly record struct Question(string Key)
{
    /// <summary>Did this person send the request? <c>yes</c> or <c>no</c>.</summary>
    public static Question Identity => new("identity");

    /// <summary>What does a request ask for that no rule understood?</summary>
    public static Question Sorting => new("sorting");

    /// <summary>Has the person got their data? <c>yes</c>.</summary>
    public static Question Receipt => new("receipt");

    /// <summary>May the bundle of this round go out?</summary>
    public static Question Decision(int round) => new($"decision-{round}");
}

/// <param name="Choice">One of the words that the question knows.</param>
/// <param name="By">Who answered, as they typed it; empty for the person.</param>
/// <param name="Text">Reasons or a note; may be empty. At most 4,000 characters.</param>
/// <param name="LinkId">The link that it was given by.</param>
/// <param name="At">When it was stored; set by <see cref="CaseAnswers.TryAnswerAsync"/>.</param>
public sealed record Answer(string Choice, string By, string Text, string LinkId, DateTimeOffset At = default)
{
    /// <summary>What stands in place of a choice where nobody chose in time; no link gave it, and no page offers it.</summary>
    public const string TimedOut = "timed-out";
}
