using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using LocalDemo;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Operations;

/// <summary>Somebody who may write to one of our stores, or delete there, beside the officer's inbox, where it must show.</summary>
internal sealed class Insider(AppFixture fixture)
{
    public TableServiceClient Tables => new(fixture.Storage);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<RequestJourney> AskedAsync(string address)
    {
        var journey = fixture.Journey(address);
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        return journey;
    }

    public async Task<(RequestJourney Journey, ReceivedMail Review)> ReviewedAsync(string address)
    {
        var journey = await AskedAsync(address);
        await journey.ConfirmAsync(Cancellation);
        return (journey, await journey.ReadReviewLetterAsync(Cancellation));
    }

    public async Task<IReadOnlyList<ReceivedMail>> AlarmsAsync() =>
    [
        .. (await fixture.Mail(AppFixture.Officer).InboxAsync(Cancellation))
            .Where(letter => letter.Subject.Contains("Alarm: somebody may have changed our records", StringComparison.Ordinal)),
    ];

    public Task<ReceivedMail> AlarmOfAsync(string caseId) =>
        AlarmAsync(letter => letter.Subject.Contains(caseId, StringComparison.Ordinal));

    /// <summary>Waits for it: a step that fails is tried again before it is told, in real time.</summary>
    public async Task<ReceivedMail> AlarmAsync(Func<ReceivedMail, bool> isMeant)
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(100, Cancellation))
        {
            var alarms = await AlarmsAsync();
            if (alarms.FirstOrDefault(isMeant) is { } found)
                return found;
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), $"Only: {string.Join(", ", alarms.Select(alarm => alarm.Subject))}");
        }
    }

    public Task ForgeAnswerAsync(string caseId, string question, string choice) =>
        Tables.GetTableClient("Answers").AddEntityAsync(new TableEntity(caseId, question)
        {
            ["Choice"] = choice,
            ["By"] = "Olive Officer",
            ["Text"] = "",
            ["LinkId"] = "",
            ["At"] = DateTimeOffset.UtcNow,
            ["Seal"] = new string('0', 64),
        }, Cancellation);

    public async Task ChangeAsync(string table, string partition, string key, Action<TableEntity> change)
    {
        var row = (await Tables.GetTableClient(table).GetEntityAsync<TableEntity>(partition, key, cancellationToken: Cancellation)).Value;
        change(row);
        await Tables.GetTableClient(table).UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Cancellation);
    }

    public async Task DeleteAsync(string table, string filter)
    {
        var client = Tables.GetTableClient(table);
        await foreach (var row in client.QueryAsync<TableEntity>(filter, cancellationToken: Cancellation))
            await client.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: Cancellation);
    }
}
