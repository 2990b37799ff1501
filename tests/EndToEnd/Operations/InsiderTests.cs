using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using LocalDemo;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Operations;

/// <summary>Somebody who may write to one of our stores, or delete there: nothing goes elsewhere, and the officer hears.</summary>
public sealed class InsiderTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private const string Thief = "thief@elsewhere.example";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TableServiceClient Tables => new(fixture.Storage);

    public static TheoryData<string, string> Deletions => new()
    {
        { "case row", "the case" },
        { "whole record", "was anchored and is not there" },
        { "one line", "missing" },
        { "head", "head of the record is missing" },
        { "number", "given out" },
        { "number and case row", "given out" },
        { "count", "was set back" },
        { "system record", "was anchored and is not there" },
        { "all", "is not there any more" },
    };

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task S3_Given_something_that_an_insider_deletes_Then_the_officer_hears_within_two_nights(string what, string words)
    {
        var journey = await AskedAsync($"deleted-{what.Replace(' ', '-')}@example.com");
        await fixture.App.Http.GetAsync($"api/cases/nonsense/confirm/{Guid.NewGuid():N}", Cancellation);
        await fixture.App.AdvanceAsync("P2D", Cancellation);
        var before = await AlarmsAsync();
        await RemoveAsync(what, journey.CaseId);
        await fixture.App.AdvanceAsync("P2D", Cancellation);
        var fresh = (await AlarmsAsync()).Where(letter => before.All(old => old.Id != letter.Id)).ToList();
        Assert.Contains(fresh, letter => letter.Html.Contains(words, StringComparison.Ordinal));
        Assert.DoesNotContain(fresh, letter => letter.Html.Contains("A step of this case failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S1_Given_another_address_in_Cases_Then_no_letter_goes_there_and_the_officer_hears()
    {
        var journey = await AskedAsync("diverted@example.com");
        await ChangeAsync("Cases", journey.CaseId, "case", row =>
            row["Json"] = row.GetString("Json").Replace("diverted@example.com", Thief, StringComparison.Ordinal));
        Assert.Equal(
            System.Net.HttpStatusCode.ServiceUnavailable,
            (await journey.Web.OpenAsync(journey.ConfirmLink!, Cancellation)).Status);
        await fixture.App.AdvanceAsync("P4D", Cancellation);
        Assert.Empty(await fixture.Mail(Thief).InboxAsync(Cancellation));
        Assert.Contains(await AlarmsAsync(), letter => letter.Subject.Contains(journey.CaseId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task S1_Given_a_due_date_or_a_state_changed_in_Cases_Then_the_case_stands_still_and_the_officer_hears()
    {
        var journey = await AskedAsync("postponed@example.com");
        await ChangeAsync("Cases", journey.CaseId, "case", row =>
            row["Json"] = System.Text.RegularExpressions.Regex.Replace(row.GetString("Json"), "\"DueOn\":\"[0-9]{4}", "\"DueOn\":\"2099"));
        var hidden = await AskedAsync("hidden@example.com");
        await ChangeAsync("Cases", hidden.CaseId, "case", row => row["State"] = "Closed");
        await fixture.App.AdvanceAsync("P2D", Cancellation);
        foreach (var journeyOf in (RequestJourney[])[journey, hidden])
            Assert.Contains(await AlarmsAsync(), letter => letter.Subject.Contains(journeyOf.CaseId, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("identity", "yes")]
    [InlineData("decision-1", "approve")]
    public async Task S1_Given_an_answer_that_nobody_gave_Then_it_is_not_acted_on_and_the_officer_hears(string question, string choice)
    {
        var journey = await AskedAsync($"forged-{choice}@example.com");
        if (question != "identity")
        {
            await journey.ConfirmAsync(Cancellation);
            await journey.ReadReviewLetterAsync(Cancellation);
        }
        await Tables.GetTableClient("Answers").AddEntityAsync(new TableEntity(journey.CaseId, question)
        {
            ["Choice"] = choice,
            ["By"] = "Olive Officer",
            ["Text"] = "",
            ["LinkId"] = "",
            ["At"] = DateTimeOffset.UtcNow,
            ["Seal"] = new string('0', 64),
        }, Cancellation);
        await fixture.App.AdvanceAsync("PT40M", Cancellation);
        Assert.DoesNotContain(
            await journey.Person.InboxAsync(Cancellation), letter => letter.Subject.Contains("ready", StringComparison.Ordinal));
        Assert.Contains(await AlarmsAsync(), letter => letter.Subject.Contains(journey.CaseId, StringComparison.Ordinal));
        Assert.NotEqual("Delivered", await fixture.StateAsync(journey.CaseId, Cancellation));
    }

    [Fact]
    public async Task S1_Given_another_bundle_in_the_approved_ones_place_Then_it_is_never_delivered_nor_served()
    {
        var journey = await AskedAsync("swapped@example.com");
        await journey.ConfirmAsync(Cancellation);
        var review = await journey.ReadReviewLetterAsync(Cancellation);
        await journey.ApproveAsync(review, Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);
        var file = await journey.OpenAsync(await journey.GetCodeAsync(Cancellation), Cancellation);
        var bundle = new BlobContainerClient(fixture.Storage, "bundle-" + journey.CaseId.ToLowerInvariant()).GetBlobClient("bundle.zip");
        var metadata = (await bundle.GetPropertiesAsync(cancellationToken: Cancellation)).Value.Metadata;
        await bundle.UploadAsync(
            BinaryData.FromString("somebody else's data"),
            new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = metadata }, Cancellation);
        using var answer = await fixture.App.Http.GetAsync(file, Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain("somebody else", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_rows_from_before_there_were_seals_When_they_are_sealed_once_Then_their_cases_go_on()
    {
        var journey = await AskedAsync("unsealed@example.com");
        await ChangeAsync("Cases", journey.CaseId, "case", row => row.Remove("Seal"));
        Assert.Equal(
            System.Net.HttpStatusCode.ServiceUnavailable, (await journey.Web.OpenAsync(journey.ConfirmLink!, Cancellation)).Status);
        using var done = await fixture.App.Http.PostAsync("api/seals", null, Cancellation);
        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync(Cancellation));
        await journey.ConfirmAsync(Cancellation);
        await journey.ReadReviewLetterAsync(Cancellation);
    }

    private async Task<RequestJourney> AskedAsync(string address)
    {
        var journey = fixture.Journey(address);
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        return journey;
    }

    private async Task<IReadOnlyList<ReceivedMail>> AlarmsAsync() =>
    [
        .. (await fixture.Mail(AppFixture.Officer).InboxAsync(Cancellation))
            .Where(letter => letter.Subject.Contains("Alarm: somebody may have changed our records", StringComparison.Ordinal)),
    ];

    private async Task ChangeAsync(string table, string partition, string key, Action<TableEntity> change)
    {
        var row = (await Tables.GetTableClient(table).GetEntityAsync<TableEntity>(partition, key, cancellationToken: Cancellation)).Value;
        change(row);
        await Tables.GetTableClient(table).UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Cancellation);
    }

    private async Task RemoveAsync(string what, string caseId)
    {
        var (numbers, number) = ("numbers-" + caseId[3..7], caseId[8..].PadLeft(9, '0'));
        switch (what)
        {
            case "case row":
                await DeleteAsync("Cases", $"PartitionKey eq '{caseId}'");
                break;
            case "whole record":
                await DeleteAsync("Evidence", $"PartitionKey eq '{caseId}'");
                break;
            case "one line":
                await DeleteAsync("Evidence", $"PartitionKey eq '{caseId}' and RowKey eq '0000000002'");
                break;
            case "head":
                await DeleteAsync("Evidence", $"PartitionKey eq '{caseId}' and RowKey eq 'head'");
                break;
            case "number":
                await DeleteAsync("Counters", $"PartitionKey eq '{numbers}' and RowKey eq '{number}'");
                break;
            case "number and case row":
                await DeleteAsync("Counters", $"PartitionKey eq '{numbers}' and RowKey eq '{number}'");
                await DeleteAsync("Cases", $"PartitionKey eq '{caseId}'");
                break;
            case "count":
                await ChangeAsync("Counters", numbers, "last", row => row["Last"] = row.GetInt32("Last")!.Value - 1);
                await DeleteAsync("Counters", $"PartitionKey eq '{numbers}' and RowKey eq '{number}'");
                break;
            case "system record":
                await DeleteAsync("Evidence", "PartitionKey eq 'SYSTEM'");
                break;
            default:
                foreach (var table in (string[])["Cases", "Evidence", "Answers", "Letters", "Links", "Codes", "Downloads"])
                    await DeleteAsync(table, $"PartitionKey eq '{caseId}'");
                await DeleteAsync("Intake", $"CaseNumber eq '{caseId}'");
                await new BlobContainerClient(fixture.Storage, "case-" + caseId.ToLowerInvariant()).DeleteIfExistsAsync(
                    cancellationToken: Cancellation);
                break;
        }
    }

    private async Task DeleteAsync(string table, string filter)
    {
        var client = Tables.GetTableClient(table);
        await foreach (var row in client.QueryAsync<TableEntity>(filter, cancellationToken: Cancellation))
            await client.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: Cancellation);
    }
}
