using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Operations;

/// <summary>The record of a case is anchored and looked at each night, and an auditor can have it.</summary>
public sealed class EvidenceTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S3_Given_a_record_that_somebody_changes_Then_the_officer_hears_of_it_the_next_night()
    {
        var journey = fixture.Journey("altered@example.com");
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await fixture.App.AdvanceAsync("P1D", Cancellation);
        var anchors = await new BlobContainerClient(fixture.Storage, "evidence").GetBlobsAsync(cancellationToken: Cancellation)
            .Select(blob => blob.Name)
            .ToListAsync(Cancellation);
        Assert.Contains(anchors, name => name.StartsWith(journey.CaseId + "/", StringComparison.Ordinal));

        var table = new TableServiceClient(fixture.Storage).GetTableClient("Evidence");
        var line = (await table.GetEntityAsync<TableEntity>(journey.CaseId, "0000000001", cancellationToken: Cancellation)).Value;
        line["Text"] = "It never came.";
        await table.UpdateEntityAsync(line, line.ETag, TableUpdateMode.Replace, Cancellation);
        await fixture.App.AdvanceAsync("P1D", Cancellation);

        Assert.Contains(
            $"{journey.CaseId}: what is stored does not hold: The record does not hold. Line 1 was altered after it was written.",
            fixture.App.Output,
            StringComparison.Ordinal);
        var letters = (await fixture.Mail(AppFixture.Officer).InboxAsync(Cancellation))
            .Concat(await fixture.Mail(AppFixture.Escalation).InboxAsync(Cancellation)).ToList();
        Assert.Equal(
            2,
            letters.Count(letter => letter.Subject.Contains(journey.CaseId, StringComparison.Ordinal)
                && letter.Html.Contains("The record does not hold", StringComparison.Ordinal)));
        await fixture.App.AdvanceAsync("P2D", Cancellation);
        Assert.Equal(letters.Count(letter => letter.Html.Contains("does not hold", StringComparison.Ordinal)),
            (await fixture.Mail(AppFixture.Officer).InboxAsync(Cancellation))
                .Concat(await fixture.Mail(AppFixture.Escalation).InboxAsync(Cancellation))
                .Count(letter => letter.Html.Contains("does not hold", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task S3_Given_a_case_Then_its_record_can_be_had_line_by_line_and_no_other_address_gives_one()
    {
        var journey = fixture.Journey("auditor.wants@example.com");
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        using var answer = await fixture.App.Http.GetAsync($"api/cases/{journey.CaseId}/record", Cancellation);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        var lines = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Cancellation)).TrimEnd('\n').Split('\n')
            .Select(line => JsonNode.Parse(line)!)
            .ToList();
        Assert.Equal(journey.CaseId, (string?)lines[^1]["case"]);
        Assert.Equal(lines.Count(line => line["number"] is not null), (int)lines[^1]["lines"]!);
        Assert.Equal("received", (string?)lines[0]["key"]);
        foreach (var nonsense in new[] { "PR-2026-999999", "SYSTEM", "..%2f..", "PR-2026-1" })
        {
            using var nothing = await fixture.App.Http.GetAsync($"api/cases/{nonsense}/record", Cancellation);
            Assert.Equal(404, (int)nothing.StatusCode);
        }
    }

    [Fact]
    public async Task Given_orchestrations_that_were_lost_Then_an_open_case_is_taken_up_again_and_nothing_is_sent_twice()
    {
        var journey = fixture.Journey("orchestration.lost@example.com");
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await fixture.App.KillAsync();
        Assert.NotEqual(0, await ForgetOrchestrationsAsync());
        await fixture.App.StartAsync(Cancellation);
        await fixture.App.AdvanceAsync("PT20M", Cancellation);
        await journey.ConfirmAsync(Cancellation);
        await journey.ReadReviewLetterAsync(Cancellation);
        Assert.Single(await journey.Person.InboxAsync(Cancellation));
    }

    /// <summary>All that the runtime keeps of them, as after the loss of a task hub or of a region.</summary>
    /// <returns>How many rows there were.</returns>
    private async Task<int> ForgetOrchestrationsAsync()
    {
        var forgotten = 0;
        var tables = new TableServiceClient(fixture.Storage);
        await foreach (var table in tables.QueryAsync(cancellationToken: Cancellation))
        {
            if (!table.Name.StartsWith("PrivacyFlows", StringComparison.OrdinalIgnoreCase))
                continue;
            var client = tables.GetTableClient(table.Name);
            await foreach (var row in client.QueryAsync<TableEntity>(cancellationToken: Cancellation))
            {
                if (row.PartitionKey.Contains("PR-", StringComparison.Ordinal) || row.RowKey.Contains("PR-", StringComparison.Ordinal))
                {
                    await client.DeleteEntityAsync(row, cancellationToken: Cancellation);
                    forgotten++;
                }
            }
        }
        return forgotten;
    }
}
