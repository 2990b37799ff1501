using System.Net;
using LocalDemo;
using Spectrum.PrivacyFlows.Tests.EndToEnd;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Attacks;

/// <summary>Mail that waits for the officer: the digest, its page, and what comes of each choice.</summary>
public sealed class HeldMailTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_mail_that_forms_and_lists_marked_Then_the_digest_lists_it_by_sender_and_each_choice_is_done()
    {
        foreach (var sender in (string[])["asks@forms.example", "newsletter@shop.example", "later@forms.example"])
            await DeliverAsync(sender, "List-Unsubscribe: <https://forms.example/u>");
        var digest = await NextDigestAsync("asks@forms.example");
        foreach (var sender in (string[])["asks@forms.example", "newsletter@shop.example", "later@forms.example"])
            Assert.Contains(sender, digest.Html, StringComparison.Ordinal);
        Assert.Empty(await fixture.Mail("asks@forms.example").InboxAsync(Cancellation));

        var link = MailUser.LinkIn(digest, "held");
        var web = new WebVisitor(fixture.App.Http);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument((await web.OpenAsync(link, Cancellation)).Html);
        Dictionary<string, string> choices = new() { ["reviewer"] = "Olive Officer" };
        foreach (var (who, choice) in new[] { ("asks@forms.example", "case"), ("newsletter@shop.example", "aside") })
            choices[NameOf(page, who)] = choice;
        Assert.Equal(HttpStatusCode.OK, (await web.FillInAsync(link, choices, Cancellation)).Status);

        await fixture.App.AdvanceAsync("PT2M", Cancellation);
        await fixture.Mail("asks@forms.example").ReadNewAsync("We have your request", Patience, Cancellation);
        Assert.Empty(await fixture.Mail("newsletter@shop.example").InboxAsync(Cancellation));
        var left = (await web.OpenAsync(link, Cancellation)).Html;
        Assert.Contains("later@forms.example", left, StringComparison.Ordinal);
        Assert.DoesNotContain("asks@forms.example", left, StringComparison.Ordinal);
        Assert.DoesNotContain("newsletter@shop.example", left, StringComparison.Ordinal);
        await NextDigestAsync("later@forms.example");
    }

    [Fact]
    public async Task Given_a_form_without_a_choice_or_a_name_Then_nothing_changes_and_the_page_says_why()
    {
        await DeliverAsync("still@forms.example", "Precedence: bulk");
        var link = MailUser.LinkIn(await NextDigestAsync("still@forms.example"), "held");
        var web = new WebVisitor(fixture.App.Http);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument((await web.OpenAsync(link, Cancellation)).Html);
        var name = NameOf(page, "still@forms.example");
        var until = page.QuerySelector("[name=until]")!.GetAttribute("value")!;
        Dictionary<string, string>[] forms =
        [
            [],
            new() { ["reviewer"] = "Olive", ["until"] = until },
            new() { [name] = "aside", ["until"] = until },
            new() { [name] = "aside", ["reviewer"] = "Olive" },
        ];
        foreach (var form in forms)
            Assert.Equal(HttpStatusCode.BadRequest, (await web.PostAsync(link, form, Cancellation)).Status);
        Assert.Contains("still@forms.example", (await web.OpenAsync(link, Cancellation)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_500_mails_with_one_forged_sender_Then_one_case_and_a_few_letters_and_an_honest_mail_does_not_wait()
    {
        for (var i = 0; i < 500; i++)
            await DeliverAsync("forged@victim.example", $"X-Number: {i}");
        var honest = fixture.Journey("honest@people.example");
        await honest.AskAsync(Cancellation);
        await honest.ReadAcknowledgementAsync(Cancellation);
        await fixture.App.AdvanceAsync("P30D", Cancellation);
        Assert.InRange((await fixture.Mail("forged@victim.example").InboxAsync(Cancellation)).Count, 1, 4);
        Assert.InRange(await fixture.Cases.AllAsync(Cancellation).CountAsync(
            found => found.From.Value == "forged@victim.example", Cancellation), 1, 1);
    }

    /// <summary>The next morning's digest, which lists this sender.</summary>
    private async Task<ReceivedMail> NextDigestAsync(string sender)
    {
        var before = (await fixture.Mail(AppFixture.Officer).InboxAsync(Cancellation)).Select(mail => mail.Id).ToHashSet();
        await fixture.App.AdvanceAsync("PT2M", Cancellation);
        await fixture.App.AdvanceAsync("P1D", Cancellation);
        var fresh = (await fixture.Mail(AppFixture.Officer).InboxAsync(Cancellation)).Where(mail => !before.Contains(mail.Id));
        return fresh.Single(mail => mail.Subject.Contains(" for you", StringComparison.Ordinal)
            && mail.Html.Contains(sender, StringComparison.Ordinal));
    }

    private static string NameOf(AngleSharp.Html.Dom.IHtmlDocument page, string who) =>
        page.QuerySelectorAll("fieldset").Single(group => group.QuerySelector("legend")!.TextContent.Trim() == who)
            .QuerySelector("input[type=radio]")!.GetAttribute("name")!;

    private async Task DeliverAsync(string from, string header)
    {
        var mime = Mail.Mail.From(from, "Subject access request", "Please send me a copy of my personal data.", header);
        using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(mime.ReplaceLineEndings("\r\n")));
        var mailbox = new Uri(fixture.App.Graph.BaseAddress!, "/local/mail?to=" + Uri.EscapeDataString(AppFixture.Mailbox));
        using var answer = await fixture.App.Graph.PostAsync(mailbox, content, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
