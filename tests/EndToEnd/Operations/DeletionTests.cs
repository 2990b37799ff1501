using Azure.Storage.Blobs;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Operations;

/// <summary>Somebody who may delete in our stores, each thing and all together: the officer hears within two nights (S3).</summary>
public sealed class DeletionTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private readonly Insider insider = new(fixture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
        { "answer", "what was answered (identity)" },
        { "link", "a link was used, and the table Links does not" },
        { "letter", "a letter was sent, and the table Letters does not" },
        { "request", "The file request.eml was kept" },
        { "kept letter", "The file letters/acknowledgement.html was kept" },
        { "kept files", "The request and the letters that were kept" },
        { "all", "is not there any more" },
    };

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task S3_Given_something_that_an_insider_deletes_Then_the_officer_hears_within_two_nights(string what, string words)
    {
        var journey = await insider.AskedAsync($"deleted-{what.Replace(' ', '-')}@example.com");
        await journey.ConfirmAsync(Cancellation);
        await journey.ReadReviewLetterAsync(Cancellation);
        await fixture.App.Http.GetAsync($"api/cases/nonsense/confirm/{Guid.NewGuid():N}", Cancellation);
        await fixture.App.AdvanceAsync("P2D", Cancellation);
        var before = await insider.AlarmsAsync();
        await RemoveAsync(what, journey.CaseId);
        await fixture.App.AdvanceAsync("P2D", Cancellation);
        var fresh = await insider.AlarmAsync(letter =>
            before.All(old => old.Id != letter.Id) && letter.Html.Contains(words, StringComparison.Ordinal));
        Assert.DoesNotContain("A step of this case failed", fresh.Html, StringComparison.Ordinal);
    }

    private async Task RemoveAsync(string what, string caseId)
    {
        var files = new BlobContainerClient(fixture.Storage, "case-" + caseId.ToLowerInvariant());
        var (numbers, number) = ("numbers-" + caseId[3..7], caseId[8..].PadLeft(9, '0'));
        switch (what)
        {
            case "case row":
                await insider.DeleteAsync("Cases", $"PartitionKey eq '{caseId}'");
                break;
            case "whole record":
                await insider.DeleteAsync("Evidence", $"PartitionKey eq '{caseId}'");
                break;
            case "one line":
                await insider.DeleteAsync("Evidence", $"PartitionKey eq '{caseId}' and RowKey eq '0000000002'");
                break;
            case "head":
                await insider.DeleteAsync("Evidence", $"PartitionKey eq '{caseId}' and RowKey eq 'head'");
                break;
            case "number":
                await insider.DeleteAsync("Counters", $"PartitionKey eq '{numbers}' and RowKey eq '{number}'");
                break;
            case "number and case row":
                await insider.DeleteAsync("Counters", $"PartitionKey eq '{numbers}' and RowKey eq '{number}'");
                await insider.DeleteAsync("Cases", $"PartitionKey eq '{caseId}'");
                break;
            case "count":
                await insider.ChangeAsync("Counters", numbers, "last", row => row["Last"] = row.GetInt32("Last")!.Value - 1);
                await insider.DeleteAsync("Counters", $"PartitionKey eq '{numbers}' and RowKey eq '{number}'");
                break;
            case "system record":
                await insider.DeleteAsync("Evidence", "PartitionKey eq 'SYSTEM'");
                break;
            case "answer":
                await insider.DeleteAsync("Answers", $"PartitionKey eq '{caseId}'");
                break;
            case "link":
                await insider.DeleteAsync("Links", $"PartitionKey eq '{caseId}'");
                break;
            case "letter":
                await insider.DeleteAsync("Letters", $"PartitionKey eq '{caseId}'");
                break;
            case "request":
                await files.DeleteBlobAsync("request.eml", cancellationToken: Cancellation);
                break;
            case "kept letter":
                await files.DeleteBlobAsync("letters/acknowledgement.html", cancellationToken: Cancellation);
                break;
            case "kept files":
                await files.DeleteAsync(cancellationToken: Cancellation);
                break;
            default:
                foreach (var table in (string[])["Cases", "Evidence", "Answers", "Letters", "Links", "Codes", "Downloads"])
                    await insider.DeleteAsync(table, $"PartitionKey eq '{caseId}'");
                await insider.DeleteAsync("Intake", $"CaseNumber eq '{caseId}'");
                await files.DeleteIfExistsAsync(cancellationToken: Cancellation);
                break;
        }
    }
}
