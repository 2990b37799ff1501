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
        var (journey, _) = await insider.ReviewedAsync($"deleted-{what.Replace(' ', '-')}@example.com");
        await fixture.App.Http.GetAsync($"api/cases/nonsense/confirm/{Guid.NewGuid():N}", Cancellation);
        await fixture.App.AdvanceAsync("P2D", Cancellation);
        var before = await insider.AlarmsAsync();
        await RemoveAsync(what, journey.CaseId);
        await fixture.App.AdvanceAsync("P2D", Cancellation);
        var fresh = await insider.AlarmAsync(letter =>
            before.All(old => old.Id != letter.Id) && letter.Html.Contains(words, StringComparison.Ordinal));
        Assert.DoesNotContain("A step of this case failed", fresh.Html, StringComparison.Ordinal);
    }

    private Task RemoveAsync(string what, string caseId)
    {
        var files = new BlobContainerClient(fixture.Storage, "case-" + caseId.ToLowerInvariant());
        var (ofTheCase, numbers) = ($"PartitionKey eq '{caseId}'", "numbers-" + caseId[3..7]);
        var number = $"PartitionKey eq '{numbers}' and RowKey eq '{caseId[8..].PadLeft(9, '0')}'";
        return what switch
        {
            "case row" => insider.DeleteAsync("Cases", ofTheCase),
            "whole record" => insider.DeleteAsync("Evidence", ofTheCase),
            "one line" => insider.DeleteAsync("Evidence", $"{ofTheCase} and RowKey eq '0000000002'"),
            "head" => insider.DeleteAsync("Evidence", $"{ofTheCase} and RowKey eq 'head'"),
            "system record" => insider.DeleteAsync("Evidence", "PartitionKey eq 'SYSTEM'"),
            "answer" => insider.DeleteAsync("Answers", ofTheCase),
            "link" => insider.DeleteAsync("Links", ofTheCase),
            "letter" => insider.DeleteAsync("Letters", ofTheCase),
            "request" => files.DeleteBlobAsync("request.eml", cancellationToken: Cancellation),
            "kept letter" => files.DeleteBlobAsync("letters/acknowledgement.html", cancellationToken: Cancellation),
            "kept files" => files.DeleteAsync(cancellationToken: Cancellation),
            "number" => insider.DeleteAsync("Counters", number),
            "number and case row" => AllAsync(insider.DeleteAsync("Counters", number), insider.DeleteAsync("Cases", ofTheCase)),
            "count" => AllAsync(
                insider.ChangeAsync("Counters", numbers, "last", row => row["Last"] = row.GetInt32("Last")!.Value - 1),
                insider.DeleteAsync("Counters", number)),
            _ => EverythingAsync(files, ofTheCase, caseId),
        };
    }

    private Task EverythingAsync(BlobContainerClient files, string ofTheCase, string caseId) => AllAsync(
    [
        .. new[] { "Cases", "Evidence", "Answers", "Letters", "Links", "Codes", "Downloads" }
            .Select(table => insider.DeleteAsync(table, ofTheCase)),
        insider.DeleteAsync("Intake", $"CaseNumber eq '{caseId}'"),
        files.DeleteIfExistsAsync(cancellationToken: Cancellation),
    ]);

    private static Task AllAsync(params Task[] deletions) => Task.WhenAll(deletions);
}
