using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Tests.Exchange;
using Spectrum.PrivacyFlows.Tests.LocalMailbox.Notifications;

namespace Spectrum.PrivacyFlows.Tests.Mail;

public sealed class SubscriptionTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenNobodyAnswersTheHandshake_ItIsLoggedAndMailIsTakenAllTheSame()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await lab.Receiver.SubscribeAsync(SubscriptionNeed.None, Cancellation);
        Assert.Contains(lab.Log, line => line.Contains("No notifications of new mail for now", StringComparison.Ordinal));
        await lab.DeliverAsync(Mail.From("ada@people.example", "SAR", "please"));
        await lab.SweepAsync();
        Assert.Single(await lab.CasesAsync());
    }

    [Fact]
    public async Task GivenTheHandshakeIsAnswered_ThereIsOneSubscription_RenewedInTimeAndReplacedWhenLost()
    {
        await using var lab = await MailLab.StartAsync(azurite);
        await using var site = await AnswerHandshakesAsync(lab);

        await lab.Receiver.SubscribeAsync(SubscriptionNeed.None, Cancellation);
        await lab.Receiver.SubscribeAsync(SubscriptionNeed.None, Cancellation);
        var made = Assert.Single(await lab.SubscriptionsAsync());
        Assert.Equal(lab.Clock.GetUtcNow().AddDays(3), made.ExpirationDateTime);

        lab.Clock.Advance(TimeSpan.FromDays(2));
        await lab.Receiver.SubscribeAsync(SubscriptionNeed.None, Cancellation);
        var renewed = Assert.Single(await lab.SubscriptionsAsync());
        Assert.Equal((made.Id, lab.Clock.GetUtcNow().AddDays(3)), (renewed.Id, renewed.ExpirationDateTime!.Value));

        lab.Clock.Advance(TimeSpan.FromDays(8));
        await lab.Receiver.SubscribeAsync(SubscriptionNeed.None, Cancellation);
        Assert.Contains(await lab.SubscriptionsAsync(), subscription => subscription.Id != made.Id);
    }

    private static async Task<WebApplication> AnswerHandshakesAsync(MailLab lab)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(lab.NotificationPort));
        var site = builder.Build();
        site.Run(http =>
        {
            http.Response.ContentType = "text/plain";
            return http.Response.WriteAsync(http.Request.Query["validationToken"].ToString());
        });
        await site.StartAsync(Cancellation);
        return site;
    }
}
