using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using LocalDemo;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Operations;

/// <summary>What somebody gets who may write to a store on which no decision rests by itself.</summary>
public sealed class WriterTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private readonly Insider insider = new(fixture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S2_Given_a_bundle_that_somebody_deleted_Then_nothing_is_served_and_nothing_else_takes_its_place()
    {
        var journey = await DeliveredAsync("deleted.bundle@example.com");
        var file = await journey.OpenAsync(await journey.GetCodeAsync(Cancellation), Cancellation);
        await new BlobContainerClient(fixture.Storage, "bundle-" + journey.CaseId.ToLowerInvariant()).GetBlobClient("bundle.zip")
            .DeleteAsync(cancellationToken: Cancellation);
        using var answer = await fixture.App.Http.GetAsync(file, Cancellation);
        Assert.False(answer.IsSuccessStatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task S3_Given_a_count_of_downloads_that_was_set_back_Then_the_officer_hears_within_two_nights()
    {
        var journey = await DeliveredAsync("more.downloads@example.com");
        using (var first = await fixture.App.Http.GetAsync(
            await journey.OpenAsync(await journey.GetCodeAsync(Cancellation), Cancellation), Cancellation))
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await insider.DeleteAsync("Downloads", $"PartitionKey eq '{journey.CaseId}'");
        await fixture.App.AdvanceAsync("P3D", Cancellation);
        await insider.AlarmAsync(letter => letter.Subject.Contains(journey.CaseId, StringComparison.Ordinal)
            && letter.Html.Contains("downloaded more often", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S1_Given_a_thread_that_somebody_points_at_a_case_Then_mail_of_another_person_is_not_filed_there()
    {
        var victim = await insider.AskedAsync("threaded@example.com");
        var threads = new Threads(fixture.CaseAccount, AppFixture.Seals);
        await threads.AddAsync("<made.up@elsewhere.example>", CaseId.Parse(victim.CaseId), Cancellation);
        using var mail = new StringContent(Reply("stranger@elsewhere.example", "<made.up@elsewhere.example>"));
        using (var delivered = await fixture.App.Graph.PostAsync("/local/mail", mail, Cancellation))
            delivered.EnsureSuccessStatusCode();
        await fixture.Mail("stranger@elsewhere.example").ReadNewAsync("[PR-", TimeSpan.FromSeconds(60), Cancellation);
        Assert.DoesNotContain(
            await fixture.RecordAsync(victim.CaseId, Cancellation), line => line.Contains("wrote again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S1_Given_a_copy_of_the_tables_with_a_false_address_When_restored_Then_nothing_goes_there()
    {
        var journey = await insider.AskedAsync("restored.wrong@example.com");
        await fixture.App.AdvanceAsync("P1D", Cancellation);
        var days = (await fixture.App.Http.GetFromJsonAsync<JsonObject>("api/backups", Cancellation))!["days"]!.AsArray();
        await foreach (var blob in Copies.GetBlobsAsync(cancellationToken: Cancellation))
        {
            var copy = Copies.GetBlobClient(blob.Name);
            if (!blob.Name.EndsWith("/Cases.ndjson.gz", StringComparison.Ordinal))
                continue;
            using var rows = new StreamReader(
                new GZipStream(await copy.OpenReadAsync(cancellationToken: Cancellation), CompressionMode.Decompress));
            var changed = (await rows.ReadToEndAsync(Cancellation)).Replace("restored.wrong@", "thief@", StringComparison.Ordinal);
            using var packed = new MemoryStream();
            await using (var zip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
                await zip.WriteAsync(Encoding.UTF8.GetBytes(changed), Cancellation);
            packed.Position = 0;
            var metadata = (await copy.GetPropertiesAsync(cancellationToken: Cancellation)).Value.Metadata;
            await copy.UploadAsync(packed, new BlobUploadOptions { Metadata = metadata }, Cancellation);
        }
        await insider.DeleteAsync("Cases", $"PartitionKey eq '{journey.CaseId}'");
        using (var started = await fixture.App.Http.PostAsync($"api/backups/{(string)days[^1]!}/restore", null, Cancellation))
            Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        await WaitForRowAsync(journey.CaseId);
        Assert.Contains("thief@example.com", (await RowAsync(journey.CaseId))!.GetString("Json"), StringComparison.Ordinal);
        await fixture.App.AdvanceAsync("P4D", Cancellation);
        await insider.AlarmOfAsync(journey.CaseId);
        Assert.Empty(await fixture.Mail("thief@example.com").InboxAsync(Cancellation));
    }

    private BlobContainerClient Copies => new(fixture.Storage, "backups");

    private static string Reply(string from, string to) =>
        $"From: {from}\r\nTo: {AppFixture.Mailbox}\r\nSubject: Re: your request\r\nIn-Reply-To: {to}\r\nReferences: {to}\r\n"
        + "Message-ID: <reply@elsewhere.example>\r\n\r\nPlease send me a copy of all the personal data that you hold about me.\r\n";

    private async Task<RequestJourney> DeliveredAsync(string address)
    {
        var (journey, review) = await insider.ReviewedAsync(address);
        await journey.ApproveAsync(review, Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);
        return journey;
    }

    private async Task<TableEntity?> RowAsync(string caseId)
    {
        var found = await insider.Tables.GetTableClient("Cases")
            .GetEntityIfExistsAsync<TableEntity>(caseId, "case", cancellationToken: Cancellation);
        return found.HasValue ? found.Value : null;
    }

    private async Task WaitForRowAsync(string caseId)
    {
        for (var tries = 0; await RowAsync(caseId) is null; tries++, await Task.Delay(200, Cancellation))
            Assert.True(tries < 150, "The row was not restored.");
    }
}
