using LocalDemo;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd;

/// <summary>I1 and I2: the person confirms, denies, or stays silent.</summary>
public sealed class IdentityTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_no_I_did_not_send_it_Then_the_case_closes_and_the_officer_is_told()
    {
        var journey = fixture.Journey("not.me@example.com");
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await journey.ConfirmAsync(Cancellation, "no");
        await journey.Officer.ReadNewAsync($"{journey.CaseId}] Closed", journey.Patience, Cancellation);
        await fixture.ClosesAsync(journey.CaseId, "not-the-sender", Cancellation);
    }

    [Fact]
    public async Task Given_silence_Then_reminders_come_after_3_and_7_days_and_after_28_the_case_closes_with_a_letter()
    {
        var journey = fixture.Journey("silent@example.com");
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        await fixture.App.AdvanceAsync("P2DT23H", Cancellation);
        Assert.Single(await journey.Person.InboxAsync(Cancellation));
        await fixture.App.AdvanceAsync("PT2H", Cancellation);
        await journey.Person.ReadNewAsync("Reminder", journey.Patience, Cancellation);
        await fixture.App.AdvanceAsync("P4D", Cancellation);
        await journey.Person.ReadNewAsync("reminder", journey.Patience, Cancellation);
        await fixture.App.AdvanceAsync("P21D", Cancellation);
        await journey.Person.ReadNewAsync("We have closed your request", journey.Patience, Cancellation);
        Assert.Equal(4, (await journey.Person.InboxAsync(Cancellation)).Count);
        await fixture.ClosesAsync(journey.CaseId, "not-confirmed", Cancellation);
    }
}
