using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Operations.Backups;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Operations;

/// <summary>Somebody deletes the tables; the engineer restores last night's copies; the case goes on to its end.</summary>
public sealed class BackupTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_tables_that_were_emptied_When_restored_Then_the_case_goes_on_and_its_record_holds()
    {
        var journey = fixture.Journey("restored@example.com");
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await journey.ConfirmAsync(Cancellation);
        var review = await journey.ReadReviewLetterAsync(Cancellation);
        await fixture.App.AdvanceAsync("P1D", Cancellation);

        var days = (await fixture.App.Http.GetFromJsonAsync<JsonObject>("api/backups", Cancellation))!["days"]!.AsArray();
        var day = (string)days[^1]!;
        var tables = new TableServiceClient(fixture.Storage);
        foreach (var name in BackedUpTables.Names)
        {
            await foreach (var row in tables.GetTableClient(name).QueryAsync<TableEntity>(cancellationToken: Cancellation))
                await tables.GetTableClient(name).DeleteEntityAsync(row, cancellationToken: Cancellation);
        }
        using (var started = await fixture.App.Http.PostAsync($"api/backups/{day}/restore", null, Cancellation))
            Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        await WaitUntilRestoredAsync(day);

        await journey.ApproveAsync(review, Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);
        Assert.NotEmpty(await fixture.RecordAsync(journey.CaseId, Cancellation));
        Assert.Null(
            await new EvidenceLog(fixture.CaseAccount, TimeProvider.System).FindBreakAsync(CaseId.Parse(journey.CaseId), Cancellation));
        Assert.Equal(2, (await journey.Person.InboxAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task Given_a_day_without_copies_Then_nothing_is_started()
    {
        foreach (var day in new[] { "2020-01-01", "yesterday", "2026-13-01" })
        {
            using var answer = await fixture.App.Http.PostAsync($"api/backups/{day}/restore", null, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private async Task WaitUntilRestoredAsync(string day)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var state = (await fixture.App.Http.GetFromJsonAsync<JsonObject>($"api/backups/{day}/restore", Cancellation))!;
            if ((string?)state["status"] == "Completed")
            {
                Assert.InRange((long)state["rowsPutBack"]!, 20, 10_000);
                return;
            }
            await Task.Delay(200, Cancellation);
        }
        Assert.Fail("The restore did not end.");
    }
}
