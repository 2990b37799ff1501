using System.Globalization;
using System.Net;
using AngleSharp.Html.Parser;
using LocalDemo;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Replies;

/// <summary>A request that reached a colleague first, from their forward to the person's bundle.</summary>
public sealed class PassedOnTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private const string Colleague = "jo.bloggs@spectrum.tech";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task T2_Given_a_colleagues_forward_Then_the_officer_says_whose_it_is_and_the_person_is_answered_by_the_earlier_day()
    {
        var asked = (await fixture.App.NowAsync(Cancellation)).AddDays(-5);
        var day = asked.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        await fixture.Mail(Colleague).SendAsync(
            AppFixture.Mailbox,
            "FW: My data",
            $"Came to me.\n\nJo\n\nFrom: Ann Lee <ann.lee@brightwater.example>\nSent: {day} 10:12\nTo: Jo Bloggs <{Colleague}>\n"
                + $"Subject: My data\n\n{RequestJourney.AccessRequest}",
            Cancellation);
        await fixture.App.AdvanceAsync("PT2M", Cancellation);
        var alert = await fixture.Mail(AppFixture.Officer).ReadNewAsync("Please look", TimeSpan.FromSeconds(60), Cancellation);
        Assert.Contains("ann.lee@brightwater.example", alert.Html, StringComparison.Ordinal);
        var link = MailUser.LinkIn(alert, "held");

        Assert.Equal(HttpStatusCode.BadRequest, (await ChooseAsync(link, ("about", "not an address"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ChooseAsync(link, ("about", AppFixture.Mailbox))).Status);
        var tooEarly = asked.AddYears(-3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(HttpStatusCode.BadRequest, (await ChooseAsync(link, ("asked", tooEarly))).Status);
        Assert.Equal(HttpStatusCode.OK, (await ChooseAsync(link)).Status);
        await fixture.App.AdvanceAsync("PT2M", Cancellation);

        var journey = fixture.Journey("ann.lee@brightwater.example");
        await journey.ReadAcknowledgementAsync(Cancellation);
        var opened = await fixture.Cases.GetAsync(CaseId.Parse(journey.CaseId), Cancellation);
        Assert.Equal(RequestChannel.Colleague, opened.Channel);
        Assert.Equal(asked.Day, opened.ReceivedAt.Day);
        Assert.Empty(await fixture.Mail(Colleague).InboxAsync(Cancellation));

        await journey.ConfirmAsync(Cancellation);
        var review = await journey.ReadReviewLetterAsync(Cancellation);
        Assert.Contains("a colleague forwarded the request", review.Html, StringComparison.Ordinal);
        Assert.Contains("please send me a copy", review.Html, StringComparison.Ordinal);
        await journey.ApproveAsync(review, Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);
    }

    /// <summary>Fills in the page for the colleague's group, as it stands but for these fields.</summary>
    private async Task<WebAnswer> ChooseAsync(Uri link, params (string Field, string Value)[] changed)
    {
        var web = new WebVisitor(fixture.App.Http);
        var page = new HtmlParser().ParseDocument((await web.OpenAsync(link, Cancellation)).Html);
        var group = page.QuerySelectorAll("fieldset").Single(one => one.QuerySelector("legend")!.TextContent.Trim() == Colleague);
        Dictionary<string, string> form = new() { ["reviewer"] = "Olive Officer" };
        foreach (var input in group.QuerySelectorAll("input"))
        {
            var name = input.GetAttribute("name")!;
            form[name] = name.StartsWith("choice-", StringComparison.Ordinal) ? "behalf" : input.GetAttribute("value") ?? "";
            foreach (var (field, value) in changed.Where(one => name.StartsWith(one.Field + "-", StringComparison.Ordinal)))
                form[name] = value;
        }
        Assert.Equal(4, form.Count);
        return await web.FillInAsync(link, form, Cancellation);
    }
}
