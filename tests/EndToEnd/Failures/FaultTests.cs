using System.Net.Http.Json;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Tests.LocalMailbox;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Failures;

/// <summary>The mailbox is busy, down, forgetful or silent: no mail is lost and none is answered twice.</summary>
public sealed class FaultTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("429", "dataprivacy.*messages", 3)]
    [InlineData("503", "dataprivacy.*messages", 3)]
    [InlineData("410", "dataprivacy.*delta", 1)]
    [InlineData("timeout", "dataprivacy.*delta", 1)]
    [InlineData("timeout", "POST .*dataprivacy.*/messages$", 1)]
    [InlineData("lostAnswer", "dataprivacy.*/send$", 1)]
    [InlineData("lostAnswer", "POST .*dataprivacy.*/messages$", 1)]
    [InlineData("duplicateNotification", "", 2)]
    [InlineData("missingNotification", "", 2)]
    public async Task Given_a_fault_Then_one_case_and_one_acknowledgement(string kind, string path, int count)
    {
        var address = $"{kind}.{path.Length}@faults.example";
        using (var answer = await fixture.App.Graph.PostAsJsonAsync(
            new Uri(fixture.App.Graph.BaseAddress!, "/local/faults"), new { path, count, kind }, Cancellation))
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        var journey = fixture.Journey(address);
        await journey.AskAsync(Cancellation);
        if (kind == "missingNotification")
            await fixture.App.AdvanceAsync("PT2M", Cancellation);
        try
        {
            await journey.ReadAcknowledgementAsync(Cancellation);
        }
        catch (TimeoutException)
        {
            await fixture.App.AdvanceAsync("PT10M", Cancellation);
            await journey.ReadAcknowledgementAsync(Cancellation);
        }
        using (await fixture.App.Graph.DeleteAsync(new Uri(fixture.App.Graph.BaseAddress!, "/local/faults"), Cancellation))
            await fixture.App.AdvanceAsync("PT5M", Cancellation);
        Assert.Single(await journey.Person.InboxAsync(Cancellation));
        Assert.Equal(1, await fixture.CasesOfAsync(address, Cancellation));
    }

    [Fact]
    public async Task Given_mail_that_is_down_When_a_code_is_asked_for_Then_a_page_says_so_and_it_works_when_mail_is_back()
    {
        var journey = fixture.Journey("code.please@faults.example");
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await journey.ConfirmAsync(Cancellation);
        await journey.ApproveAsync(await journey.ReadReviewLetterAsync(Cancellation), Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);
        var faults = new Uri(fixture.App.Graph.BaseAddress!, "/local/faults");
        using (var down = await fixture.App.Graph.PostAsJsonAsync(
            faults, new { path = "POST .*dataprivacy.*/messages$", count = 1, kind = "500" }, Cancellation))
            Assert.True(down.IsSuccessStatusCode);

        var answer = await journey.Web.PostAsync(
            journey.DownloadLink!, new Dictionary<string, string> { ["do"] = "send-code" }, Cancellation);
        Assert.Equal(503, (int)answer.Status);
        Assert.Contains("try again", answer.Html, StringComparison.Ordinal);
        await journey.OpenAsync(await journey.GetCodeAsync(Cancellation), Cancellation);
    }
}
