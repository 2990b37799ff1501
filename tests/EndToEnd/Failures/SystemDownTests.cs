using LocalDemo;
using LocalMachine.Azurite;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Failures;

/// <summary>A system that does not answer is shown to the officer by name; the others go on; nothing incomplete can be approved.</summary>
public sealed class SystemDownTests
{
    [Fact]
    public async Task Given_a_system_that_is_down_Then_the_officer_hears_its_name_and_cannot_approve_until_it_is_back()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var azurite = await AzuriteServer.StartAsync(
            Directory.CreateTempSubdirectory("privacyflows-down-").FullName, Console.Error.WriteLine, inMemory: true, cancellation);
        await using var app = new AppInProcess(azurite.ConnectionString);
        await app.StartAsync(cancellation);
        var crm = Directory.GetFiles(Path.Combine(app.DataFolder, "systems"), "*.db").Single();
        File.Move(crm, crm + ".away");
        var journey = new RequestJourney(
            new MailUser(app.Graph, "ann.lee@brightwater.example"),
            new MailUser(app.Graph, AppFixture.Officer),
            new WebVisitor(app.Http),
            AppFixture.Mailbox);
        await journey.AskAsync(cancellation);
        await journey.ReadAcknowledgementAsync(cancellation);
        await journey.ConfirmAsync(cancellation);
        await app.AdvanceAsync("PT1H", cancellation);

        var review = await journey.ReadReviewLetterAsync(cancellation, "");
        Assert.Contains("Customer records", review.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(MailUser.LinksIn(review), link => link.AbsolutePath.Contains("/approve/", StringComparison.Ordinal));
        Assert.Contains(MailUser.LinksIn(review), link => link.AbsolutePath.Contains("/collect-again/", StringComparison.Ordinal));

        File.Move(crm + ".away", crm);
        await journey.FillInAsync(
            MailUser.LinkIn(review, "collect-again"), cancellation, ("reviewer", "Olive Officer"), ("confirm", "collect"));
        await journey.ApproveAsync(await journey.ReadReviewLetterAsync(cancellation), cancellation);
        await journey.ReadDeliveryLetterAsync(cancellation);
    }
}
