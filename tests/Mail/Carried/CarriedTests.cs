using System.Globalization;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Tests.Mail;

namespace Spectrum.PrivacyFlows.Tests.Mail.Carried;

/// <summary>Requests that somebody else brings: colleagues who forward them, forms, addresses that take no answers.</summary>
public sealed class CarriedTests(AzuriteFixture azurite)
{
    private const string Sar = "Please send me a copy of my personal data.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(
        "FW: My data",
        "Came to me, yours I think.\n\nKim\n\nFrom: Nour Aziz <nour@customer.example>\nSent: 11 June {0} 10:12\n"
        + "To: Kim <kim@spectrum.example>\nSubject: My data\n\n" + Sar)]
    [InlineData(
        "Fwd: My data",
        "Please handle this data access request from a customer.\n\n---------- Forwarded message ---------\n"
        + "From: Nour Aziz <nour@customer.example>\nDate: Thu, 11 Jun {0} at 10:12\nSubject: My data\nTo: Kim\n\n" + Sar)]
    [InlineData(
        "WG: Meine Daten",
        "-----Ursprüngliche Nachricht-----\nVon: Nour Aziz [mailto:nour@customer.example]\nGesendet: Donnerstag, 11. Juni {0} 10:12\n"
        + "An: Kim\nBetreff: Meine Daten\n\n" + Sar)]
    [InlineData(
        "RE: My data",
        "Dear Nour, I have put our privacy mailbox in copy.\n\nOn 11/06/{0} 10:12, Nour Aziz <nour@customer.example> wrote:\n> " + Sar)]
    public async Task T2_GivenAColleagueForwardsARequest_TheOfficerHearsAtOnceAndThePersonIsAnsweredFromTheDayTheyWrote(
        string subject, string body)
    {
        await using var lab = await MailLab.StartAsync(azurite);
        var text = body.Replace("{0}", $"{lab.Clock.GetUtcNow().Year}", StringComparison.Ordinal);
        await lab.DeliverAsync(Mail.From("kim@spectrum.example", subject, text));
        await lab.SweepAsync();

        var held = Assert.Single(await lab.HeldAsync());
        Assert.Equal((nameof(HoldReason.Forwarded), "nour@customer.example"), (held.Reason, held.About));
        Assert.Equal($"{lab.Clock.GetUtcNow().Year}-06-11", held.AskedOn);
        Assert.Contains("nour@customer.example", (await AlertAsync(lab)).Body!.Content, StringComparison.Ordinal);
        Assert.Empty(await lab.CasesAsync());

        await ReleaseAsync(lab, held);
        await lab.SweepAsync();
        var opened = Assert.Single(await lab.CasesAsync());
        Assert.Equal(("nour@customer.example", RequestChannel.Colleague, ""), (opened.From.Value, opened.Channel, opened.Authentication));
        Assert.Equal(11, opened.ReceivedAt.Day);
        Assert.NotEmpty(opened.Rights);
        Assert.Empty(await lab.HeldAsync());
        Assert.DoesNotContain(lab.Log, line => line.Contains("customer.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task T2_GivenARequestForwardedAsAnAttachment_ItsSenderIsNamed()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From(
            "kim@spectrum.example", "A customer's mail",
            "--b\nContent-Type: text/plain\n\nSee the attached mail.\n--b\nContent-Type: message/rfc822\n\n"
                + Mail.From("nour@customer.example", "My data", Sar, $"Date: Thu, 11 Jun {lab.Clock.GetUtcNow().Year} 10:00:00 +0000")
                + "\n--b--",
            "Content-Type: multipart/mixed; boundary=b"));
        await lab.SweepAsync();
        var held = Assert.Single(await lab.HeldAsync());
        Assert.Equal((nameof(HoldReason.Forwarded), "nour@customer.example"), (held.Reason, held.About));
        await ReleaseAsync(lab, held);
        await lab.SweepAsync();
        Assert.NotEmpty(Assert.Single(await lab.CasesAsync()).Rights);
    }

    [Theory]
    [InlineData("Website <noreply@forms.example>", "Name: Nour\nMessage: " + Sar)]
    [InlineData("Website <www@spectrum.example>", "Message: " + Sar)]
    [InlineData("Website <hello@forms.example>", "Name: Nour\nEmail: nour@customer.example\nMessage: " + Sar)]
    [InlineData("Website <OUR OWN>", "Name: Nour\nMail: nour@customer.example\n" + Sar)]
    public async Task S1_GivenAFormsMail_TheOfficerHearsAtOnce_AndItsReplyToIsShownAndNotUsedByItself(string from, string body)
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From(
            from.Replace("OUR OWN", lab.Own, StringComparison.Ordinal), "New message from your website", body,
            "Reply-To: Nour Aziz <nour@customer.example>"));
        await lab.SweepAsync();
        var held = Assert.Single(await lab.HeldAsync());
        Assert.Equal((nameof(HoldReason.WebForm), "nour@customer.example"), (held.Reason, held.About));
        await AlertAsync(lab);
        Assert.Empty(await lab.CasesAsync());
        Assert.Empty(await lab.InboxOfAsync("nour@customer.example"));

        await lab.Held.ReleaseAsync([held], new EmailAddress("nour@customer.example"), null, Cancellation);
        await lab.SweepAsync();
        var opened = Assert.Single(await lab.CasesAsync());
        Assert.Equal(("nour@customer.example", RequestChannel.WebForm), (opened.From.Value, opened.Channel));
        Assert.NotEmpty(opened.Rights);
    }

    [Fact]
    public async Task GivenARequestFromAnAddressThatTakesNoAnswers_TheOfficerHearsAtOnce()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From("do-not-reply@forms.example", "Contact", $"Email: nour@customer.example\n{Sar}"));
        await lab.DeliverAsync(Mail.From("no-reply@shop.example", "Your parcel", "It is on its way."));
        await lab.SweepAsync();
        var held = await lab.HeldAsync();
        Assert.All(held, one => Assert.Equal(nameof(HoldReason.NoReply), one.Reason));
        Assert.Equal("nour@customer.example", Assert.Single(held, one => one.From == "do-not-reply@forms.example").About);
        await AlertAsync(lab);
    }

    [Theory]
    [InlineData("kim@spectrum.example", Sar, "X-Nothing: 1")]
    [InlineData("kim@spectrum.example", Sar + "\n\nOn 11/06/2026 10:12, Kim <kim@spectrum.example> wrote:\n> What do you hold?", "X-Nothing: 1")]
    [InlineData("ada@people.example", Sar, "Reply-To: ada.home@elsewhere.example")]
    [InlineData("ada@people.example", Sar + "\n\nOn 11/06/2026 10:12, Shop <info@shop.example> wrote:\n> Hello", "X-Nothing: 1")]
    public async Task S1_GivenSomebodyWhoAsksForThemselves_ItIsTheirCase(string from, string body, string header)
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.DeliverAsync(Mail.From(from, "Subject access request", body, header));
        await lab.SweepAsync();
        Assert.Empty(await lab.HeldAsync());
        Assert.Equal(from, Assert.Single(await lab.CasesAsync()).From.Value);
    }

    [Fact]
    public async Task GivenTwoMailsOfOneFormAboutOnePerson_TheOfficersAnswerOpensOneCase()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        for (var i = 0; i < 2; i++)
            await lab.DeliverAsync(Mail.From("noreply@forms.example", "Contact", Sar, "Reply-To: nour@customer.example"));
        await lab.SweepAsync();
        Assert.Equal(2, await lab.Held.ReleaseAsync(await lab.HeldAsync(), new EmailAddress("nour@customer.example"), null, Cancellation));
        await lab.SweepAsync();
        Assert.Single(await lab.CasesAsync());
    }

    [Fact]
    public async Task GivenAFloodOfForms_AtMost20LettersGoOut_AndEachMessageIsHeld()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        for (var i = 0; i < 25; i++)
            await lab.DeliverAsync(Mail.From("noreply@forms.example", "Contact", Sar, $"Reply-To: nour{i}@customer.example"));
        await lab.SweepAsync();
        Assert.Equal(25, (await lab.HeldAsync()).Count);
        Assert.Equal(20, (await lab.InboxOfAsync(lab.Officer)).Count);
    }

    /// <summary>As the message has it.</summary>
    private static Task<int> ReleaseAsync(MailLab lab, IntakeEntry held) => lab.Held.ReleaseAsync(
        [held], new EmailAddress(held.About!), DateOnly.Parse(held.AskedOn!, CultureInfo.InvariantCulture), Cancellation);

    private static async Task<Microsoft.Graph.Models.Message> AlertAsync(MailLab lab)
    {
        var alert = Assert.Single(await lab.InboxOfAsync(lab.Officer));
        Assert.Contains("Please look", alert.Subject, StringComparison.Ordinal);
        return alert;
    }
}
