using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Floods;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd;

/// <summary>Personal data lives in the case's storage: not in the orchestration's history, the logs or a URL.</summary>
public sealed class PrivacyTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private const string Address = "tell.tale@example.com";

    private static readonly string[] Traces = [Address, "tell.tale", "Tattle", "secretword"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_whole_case_Then_no_address_name_or_word_of_the_person_is_in_history_logs_or_urls()
    {
        var journey = fixture.Journey(Address);
        await journey.AskAsync(
            Cancellation, "Subject access request of Terry Tattle", "Please send me a copy of my personal data. My secretword is Tattle.");
        var letters = new List<LocalDemo.ReceivedMail> { await journey.ReadAcknowledgementAsync(Cancellation) };
        await journey.ConfirmAsync(Cancellation);
        var review = await journey.ReadReviewLetterAsync(Cancellation);
        letters.Add(review);
        await journey.ApproveAsync(review, Cancellation);
        letters.Add(await journey.ReadDeliveryLetterAsync(Cancellation));
        var file = await journey.OpenAsync(await journey.GetCodeAsync(Cancellation), Cancellation);

        var urls = string.Join('\n', letters.SelectMany(LocalDemo.MailUser.LinksIn).Append(file));
        var history = await HistoryAsync();
        Assert.Contains(journey.CaseId, history, StringComparison.Ordinal);
        foreach (var trace in Traces)
        {
            Assert.DoesNotContain(trace, urls, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(trace, fixture.App.Output, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(trace, history, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Every table and blob that is the runtime's, as text: all that are not the case's own.</summary>
    private async Task<string> HistoryAsync()
    {
        string[] ours =
        [
            "Cases", "Evidence", "Answers", "Letters", "Links", "Codes", "Downloads", "Counters", "Intake", "Mailbox", "Threads",
            "Senders", "Budgets",
        ];
        var text = new System.Text.StringBuilder();
        var tables = new TableServiceClient(fixture.Storage);
        await foreach (var table in tables.QueryAsync(cancellationToken: Cancellation))
        {
            if (ours.Contains(table.Name))
                continue;
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: Cancellation))
                text.AppendJoin(' ', row.Select(column => $"{column.Key}={column.Value}")).AppendLine();
        }
        var blobs = new BlobServiceClient(fixture.Storage);
        await foreach (var container in blobs.GetBlobContainersAsync(cancellationToken: Cancellation))
        {
            if (!container.Name.StartsWith("privacyflows", StringComparison.Ordinal))
                continue;
            await foreach (var blob in blobs.GetBlobContainerClient(container.Name).GetBlobsAsync(cancellationToken: Cancellation))
                text.AppendLine((await blobs
                    .GetBlobContainerClient(container.Name)
                    .GetBlobClient(blob.Name)
                    .DownloadContentAsync(Cancellation)).Value.Content.ToString());
        }
        return text.ToString();
    }
}
