using System.Net;
using System.Net.Http.Headers;
using LocalDemo;
using Spectrum.PrivacyFlows.Tests.EndToEnd;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Attacks;

/// <summary>S1: what a download is, what a stolen link can do, and what the last letter says of it.</summary>
public sealed class DownloadTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_one_code_When_its_link_is_fetched_in_any_ranges_Then_it_is_one_download_and_on_record_once()
    {
        var journey = await DeliveredAsync("ranges@example.com");
        var file = await FileAsync(journey);
        Assert.Equal(0, await LinesAsync(journey));
        foreach (var range in (string[])["bytes=999999999-", "bytes=-0"])
            Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, await FetchAsync(file, range));
        using (var head = await fixture.App.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, file), Cancellation))
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(0, await LinesAsync(journey));
        Assert.Equal(HttpStatusCode.PartialContent, await FetchAsync(file, "bytes=1-"));
        Assert.Equal(1, await LinesAsync(journey));
        var parts = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => FetchAsync(file, i % 2 == 0 ? "bytes=0-0" : "bytes=-10")));
        Assert.All(parts, part => Assert.Equal(HttpStatusCode.PartialContent, part));
        Assert.Equal(HttpStatusCode.OK, await FetchAsync(file, null));
        Assert.Equal(1, await LinesAsync(journey));
    }

    [Fact]
    public async Task Given_the_limit_is_reached_Then_no_range_of_another_link_is_served_and_a_counted_one_goes_on_for_its_hour()
    {
        var journey = await DeliveredAsync("limit@example.com");
        var first = await FileAsync(journey);
        Assert.Equal(HttpStatusCode.PartialContent, await FetchAsync(first, "bytes=0-99"));
        List<Uri> others = [];
        while (others.Count < 4)
            others.Add(await FileAsync(journey));
        foreach (var link in others)
            Assert.Equal(HttpStatusCode.PartialContent, await FetchAsync(link, "bytes=5-"));
        Assert.Equal(5, await LinesAsync(journey));
        Assert.Equal(HttpStatusCode.PartialContent, await FetchAsync(first, "bytes=100-"));
        await fixture.App.AdvanceAsync("PT61M", Cancellation);
        Assert.Equal(HttpStatusCode.Gone, await FetchAsync(first, "bytes=100-"));
    }

    [Theory]
    [InlineData(false, "Nobody began to download the file")]
    [InlineData(true, "a download of the file was begun once")]
    public async Task Given_no_receipt_Then_the_last_letter_says_what_is_on_record(bool downloads, string words)
    {
        var journey = await DeliveredAsync($"silent-{downloads}@example.com".ToLowerInvariant());
        if (downloads)
            Assert.Equal(HttpStatusCode.OK, await FetchAsync(await FileAsync(journey), null));
        await fixture.App.AdvanceAsync("P8D", Cancellation);
        var letter = await journey.Person.ReadNewAsync("closed", journey.Patience, Cancellation);
        Assert.Contains(words, letter.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("You told us", letter.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_thief_who_uses_up_the_codes_Then_the_owner_gets_a_fresh_link_and_the_stolen_one_ends()
    {
        var journey = await DeliveredAsync("stolen@example.com");
        var stolen = journey.DownloadLink!;
        for (var i = 0; i < 12; i++)
            await journey.Web.PostAsync(stolen, new Dictionary<string, string> { ["do"] = "send-code" }, Cancellation);
        Assert.Equal(5, (await journey.Person.InboxAsync(Cancellation)).Count(
            mail => mail.Subject.Contains("Your code", StringComparison.Ordinal)));
        await journey.FillInAsync(stolen, Cancellation, ("do", "fresh-link"));
        var fresh = MailUser.LinkIn(await journey.Person.ReadNewAsync("fresh link", journey.Patience, Cancellation), "download");
        Assert.NotEqual(stolen, fresh);
        Assert.Equal(HttpStatusCode.Gone, (await journey.Web.OpenAsync(stolen, Cancellation)).Status);
        Assert.Equal(HttpStatusCode.OK, (await journey.Web.OpenAsync(fresh, Cancellation)).Status);
        await fixture.App.AdvanceAsync("P1D", Cancellation);
        await journey.FillInAsync(fresh, Cancellation, ("do", "send-code"));
        var code = RequestJourney.CodeIn((await journey.Person.InboxAsync(Cancellation)).Last(
            mail => mail.Subject.Contains("Your code", StringComparison.Ordinal)));
        var open = await journey.Web.PostAsync(fresh, new Dictionary<string, string> { ["do"] = "open", ["code"] = code }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, await FetchAsync(open.Location!, null));
    }

    private async Task<RequestJourney> DeliveredAsync(string address)
    {
        var journey = fixture.Journey(address);
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await journey.ConfirmAsync(Cancellation);
        await journey.ApproveAsync(await journey.ReadReviewLetterAsync(Cancellation), Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);
        return journey;
    }

    private static async Task<Uri> FileAsync(RequestJourney journey) =>
        await journey.OpenAsync(await journey.GetCodeAsync(Cancellation), Cancellation);

    private async Task<HttpStatusCode> FetchAsync(Uri file, string? range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, file);
        if (range is not null)
            request.Headers.Range = RangeHeaderValue.Parse(range);
        using var answer = await fixture.App.Http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private async Task<int> LinesAsync(RequestJourney journey) =>
        (await fixture.RecordAsync(journey.CaseId, Cancellation)).Count(line => line.StartsWith("A download", StringComparison.Ordinal));
}
