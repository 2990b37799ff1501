using Azure.Data.Tables;
using Azure.Storage.Blobs;
using LocalDemo;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Operations;

/// <summary>Somebody who may write to one of our stores: nothing goes elsewhere, and the officer hears.</summary>
public sealed class InsiderTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private const string Thief = "thief@elsewhere.example";
    private readonly Insider insider = new(fixture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S1_Given_another_address_in_Cases_Then_no_letter_goes_there_and_the_officer_hears()
    {
        var journey = await insider.AskedAsync("diverted@example.com");
        await insider.ChangeAsync("Cases", journey.CaseId, "case", row =>
            row["Json"] = row.GetString("Json").Replace("diverted@example.com", Thief, StringComparison.Ordinal));
        Assert.Equal(
            System.Net.HttpStatusCode.ServiceUnavailable,
            (await journey.Web.OpenAsync(journey.ConfirmLink!, Cancellation)).Status);
        await fixture.App.AdvanceAsync("P4D", Cancellation);
        Assert.Empty(await fixture.Mail(Thief).InboxAsync(Cancellation));
        await insider.AlarmOfAsync(journey.CaseId);
    }

    [Fact]
    public async Task S1_Given_a_due_date_or_a_state_changed_in_Cases_Then_the_case_stands_still_and_the_officer_hears()
    {
        var journey = await insider.AskedAsync("postponed@example.com");
        await insider.ChangeAsync("Cases", journey.CaseId, "case", row =>
            row["Json"] = System.Text.RegularExpressions.Regex.Replace(row.GetString("Json"), "\"DueOn\":\"[0-9]{4}", "\"DueOn\":\"2099"));
        var hidden = await insider.AskedAsync("hidden@example.com");
        await insider.ChangeAsync("Cases", hidden.CaseId, "case", row => row["State"] = "Closed");
        await fixture.App.AdvanceAsync("P2D", Cancellation);
        foreach (var journeyOf in (RequestJourney[])[journey, hidden])
            await insider.AlarmOfAsync(journeyOf.CaseId);
    }

    [Theory]
    [InlineData("identity", "yes")]
    [InlineData("decision-1", "approve")]
    public async Task S1_Given_an_answer_that_nobody_gave_Then_it_is_not_acted_on_and_the_officer_hears(string question, string choice)
    {
        var journey = await insider.AskedAsync($"forged-{choice}@example.com");
        if (question != "identity")
        {
            await journey.ConfirmAsync(Cancellation);
            await journey.ReadReviewLetterAsync(Cancellation);
        }
        await insider.ForgeAnswerAsync(journey.CaseId, question, choice);
        await fixture.App.AdvanceAsync("PT40M", Cancellation);
        await insider.AlarmOfAsync(journey.CaseId);
        Assert.DoesNotContain(
            await journey.Person.InboxAsync(Cancellation), letter => letter.Subject.Contains("ready", StringComparison.Ordinal));
        Assert.NotEqual("Delivered", await fixture.StateAsync(journey.CaseId, Cancellation));
    }

    [Fact]
    public async Task S1_Given_a_step_that_meets_a_forged_answer_Then_the_officer_hears_of_it_at_once()
    {
        var journey = await insider.AskedAsync("met.by.a.step@example.com");
        await insider.ForgeAnswerAsync(journey.CaseId, "decision-1", "approve");
        await journey.ConfirmAsync(Cancellation);
        await insider.AlarmAsync(letter => letter.Subject.Contains(journey.CaseId, StringComparison.Ordinal)
            && letter.Html.Contains("the answer to decision-1 in the table Answers was not written by this app", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S1_Given_another_bundle_in_the_approved_ones_place_Then_it_is_never_delivered_nor_served()
    {
        var (journey, review) = await insider.ReviewedAsync("swapped@example.com");
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
        var journey = await insider.AskedAsync("unsealed@example.com");
        await insider.ChangeAsync("Cases", journey.CaseId, "case", row => row.Remove("Seal"));
        Assert.Equal(
            System.Net.HttpStatusCode.ServiceUnavailable, (await journey.Web.OpenAsync(journey.ConfirmLink!, Cancellation)).Status);
        using var done = await fixture.App.Http.PostAsync("api/seals", null, Cancellation);
        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync(Cancellation));
        await journey.ConfirmAsync(Cancellation);
        await journey.ReadReviewLetterAsync(Cancellation);
    }

    [Fact]
    public async Task S2_Given_a_used_link_brought_back_to_life_Then_the_first_answer_stands_and_the_officer_hears()
    {
        var (journey, review) = await insider.ReviewedAsync("revived@example.com");
        await ReviveLinksAsync(journey.CaseId);
        await journey.Web.PostAsync(journey.ConfirmLink!, new Dictionary<string, string> { ["answer"] = "no" }, Cancellation);
        await fixture.App.AdvanceAsync("P2D", Cancellation);
        await insider.AlarmAsync(letter => letter.Subject.Contains(journey.CaseId, StringComparison.Ordinal)
            && letter.Html.Contains("a link was used, and the table Links does not", StringComparison.Ordinal));
        await journey.ApproveAsync(review, Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);
    }

    [Fact]
    public async Task S2_Given_a_withdrawn_link_brought_back_to_life_Then_nobody_approves_another_bundle_with_it()
    {
        var (journey, review) = await insider.ReviewedAsync("withdrawn@example.com");
        await journey.FillInAsync(
            MailUser.LinkIn(review, "collect-again"), Cancellation, ("reviewer", "Olive Officer"), ("confirm", "collect"));
        await journey.ReadReviewLetterAsync(Cancellation);
        await ReviveLinksAsync(journey.CaseId);
        var old = new Dictionary<string, string> { ["reviewer"] = "Olive Officer", ["confirm"] = "approve" };
        var answer = await journey.Web.PostAsync(MailUser.LinkIn(review, "approve"), old, Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.Gone, answer.Status);
        Assert.Equal("AwaitingDecision", await fixture.StateAsync(journey.CaseId, Cancellation));
    }

    [Fact]
    public async Task S1_Given_a_code_that_somebody_wrote_into_the_table_Then_it_opens_nothing()
    {
        var (journey, review) = await insider.ReviewedAsync("own.code@example.com");
        await journey.ApproveAsync(review, Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);
        await journey.GetCodeAsync(Cancellation);
        foreach (var digest in (string[])["123456", Hash("123456"), Hash($"{journey.CaseId}\n1\n123456"), ""])
        {
            await insider.ChangeAsync("Codes", journey.CaseId, "code", row => (row["Code"], row["Wrong"]) = (digest, 0));
            var answer = await journey.Web.PostAsync(
                journey.DownloadLink!, new Dictionary<string, string> { ["do"] = "open", ["code"] = "123456" }, Cancellation);
            Assert.Null(answer.Location);
        }
    }

    [Fact]
    public async Task S3_Given_a_letter_that_somebody_notes_as_sent_Then_the_officer_hears_that_it_may_not_have_gone_out()
    {
        var journey = await insider.AskedAsync("silenced@example.com");
        await insider.Tables.GetTableClient("Letters").AddEntityAsync(new TableEntity(journey.CaseId, "review|1")
        {
            ["MessageId"] = "nobody@example.com",
            ["DraftId"] = "none",
            ["SentAt"] = await fixture.App.NowAsync(Cancellation),
        }, Cancellation);
        await journey.ConfirmAsync(Cancellation);
        await fixture.App.AdvanceAsync("P2DT12H", Cancellation);
        await insider.AlarmAsync(letter => letter.Subject.Contains(journey.CaseId, StringComparison.Ordinal)
            && letter.Html.Contains("it may never have gone out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S1_Given_a_round_that_somebody_wrote_Then_nothing_is_decided_on_it()
    {
        var (journey, review) = await insider.ReviewedAsync("somebody@example.com");
        var files = new BlobContainerClient(fixture.Storage, "case-" + journey.CaseId.ToLowerInvariant());
        var round = files.GetBlobClient("rounds/1.json");
        var text = (await round.DownloadContentAsync(Cancellation)).Value.Content.ToString();
        await round.UploadAsync(BinaryData.FromString(text.Replace("\"Number\":1", "\"Number\":1 ", StringComparison.Ordinal)),
            overwrite: true, Cancellation);
        await journey.Web.PostAsync(
            MailUser.LinkIn(review, "approve"),
            new Dictionary<string, string> { ["reviewer"] = "Olive Officer", ["confirm"] = "approve" }, Cancellation);
        await fixture.App.AdvanceAsync("PT40M", Cancellation);
        Assert.NotEqual("Delivered", await fixture.StateAsync(journey.CaseId, Cancellation));
        Assert.DoesNotContain(
            await journey.Person.InboxAsync(Cancellation), letter => letter.Subject.Contains("ready", StringComparison.Ordinal));
    }

    private async Task ReviveLinksAsync(string caseId)
    {
        var links = insider.Tables.GetTableClient("Links");
        await foreach (var row in links.QueryAsync<TableEntity>(row => row.PartitionKey == caseId, cancellationToken: Cancellation))
        {
            foreach (var mark in (string[])["UsedAt", "UsedBy", "RevokedAt"])
                row.Remove(mark);
            await links.UpdateEntityAsync(row, Azure.ETag.All, TableUpdateMode.Replace, Cancellation);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
