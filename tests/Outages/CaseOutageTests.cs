using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Xml;
using LocalDemo;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Tests.EndToEnd;

namespace Spectrum.PrivacyFlows.Tests.Outages;

/// <summary>Storage, mailbox or a system is away amid cases and comes back: nothing needs a hand, and no letter comes twice.</summary>
public sealed class CaseOutageTests(CaseOutageTests.BehindADoor fixture) : IClassFixture<CaseOutageTests.BehindADoor>
{
    private static readonly string[] Letters = ["We have your request", "Your data is ready", "Your request is closed"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Real seconds. More where PRIVACYFLOWS_OUTAGE says so.</summary>
    private static TimeSpan Away => TimeSpan.FromSeconds(HostOutageTests.Longest);

    [Fact]
    public async Task Given_cases_in_every_stage_When_the_storage_is_away_and_back_Then_each_ends_as_undisturbed()
    {
        var identity = await AskedAsync("identity@outage.example");
        var decision = await AskedAsync("decision@outage.example");
        await decision.ConfirmAsync(Cancellation);
        var review = await decision.ReadReviewLetterAsync(Cancellation);
        var delivered = await AskedAsync("delivered@outage.example");
        await delivered.ConfirmAsync(Cancellation);
        await delivered.ApproveAsync(await delivered.ReadReviewLetterAsync(Cancellation), Cancellation);
        await delivered.ReadDeliveryLetterAsync(Cancellation);
        var collecting = await AskedAsync("collecting@outage.example");
        await collecting.ConfirmAsync(Cancellation);
        var received = fixture.Journey("received@outage.example");
        await received.AskAsync(Cancellation);

        fixture.Door.Close(Outage.Refused);
        await Task.Delay(Away, Cancellation);
        using (var ready = await fixture.App.Http.GetAsync("api/health/ready", Cancellation))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        fixture.Door.Open();
        await IsReadyAsync();
        await fixture.App.AdvanceAsync("PT15M", Cancellation);

        await received.ReadAcknowledgementAsync(Cancellation);
        foreach (var unconfirmed in new[] { identity, received })
            await unconfirmed.ConfirmAsync(Cancellation);
        await decision.ApproveAsync(review, Cancellation);
        foreach (var undecided in new[] { identity, received, collecting })
            await undecided.ApproveAsync(await undecided.ReadReviewLetterAsync(Cancellation), Cancellation);
        foreach (var undelivered in new[] { identity, received, collecting, decision })
            await undelivered.ReadDeliveryLetterAsync(Cancellation);
        await fixture.App.AdvanceAsync("P8D", Cancellation);
        foreach (var journey in new[] { identity, received, collecting, decision, delivered })
            await EndedWellAsync(journey);
    }

    [Fact]
    public async Task Given_a_mailbox_that_is_away_for_five_minutes_at_every_step_Then_the_case_ends_as_undisturbed()
    {
        var journey = fixture.Journey("mail.away@outage.example");
        await WithoutMailAsync(() => journey.AskAsync(Cancellation), "messages/delta|POST .*dataprivacy.*");
        await journey.ReadAcknowledgementAsync(Cancellation);
        await WithoutMailAsync(() => journey.ConfirmAsync(Cancellation));
        var review = await journey.ReadReviewLetterAsync(Cancellation);
        await WithoutMailAsync(() => journey.ApproveAsync(review, Cancellation));
        await journey.ReadDeliveryLetterAsync(Cancellation);
        var expires = (await fixture.Cases.GetAsync(CaseId.Parse(journey.CaseId), Cancellation)).LinkExpiresAt!.Value;
        var wait = expires - await fixture.App.NowAsync(Cancellation) - TimeSpan.FromMinutes(1);
        await fixture.App.AdvanceAsync(XmlConvert.ToString(TimeSpan.FromMinutes(Math.Floor(wait.TotalMinutes))), Cancellation);
        await WithoutMailAsync(() => fixture.App.AdvanceAsync("PT2M", Cancellation));
        await EndedWellAsync(journey);
    }

    [Fact]
    public async Task Given_a_system_that_is_away_for_five_minutes_Then_it_is_waited_for_and_the_officer_can_approve()
    {
        var crm = Directory.GetFiles(Path.Combine(fixture.App.DataFolder, "systems"), "*.db").Single();
        var journey = await AskedAsync("system.away@outage.example");
        File.Move(crm, crm + ".away");
        await journey.ConfirmAsync(Cancellation);
        await fixture.App.AdvanceAsync("PT5M", Cancellation);
        File.Move(crm + ".away", crm);
        await fixture.App.AdvanceAsync("PT15M", Cancellation);
        await journey.ApproveAsync(await journey.ReadReviewLetterAsync(Cancellation), Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);
        await fixture.App.AdvanceAsync("P8D", Cancellation);
        await EndedWellAsync(journey);
    }

    private async Task<RequestJourney> AskedAsync(string address)
    {
        var journey = fixture.Journey(address);
        await journey.AskAsync(Cancellation);
        await journey.ReadAcknowledgementAsync(Cancellation);
        return journey;
    }

    private async Task IsReadyAsync()
    {
        for (var patience = Stopwatch.StartNew(); !await fixture.App.IsHealthyAsync(Cancellation); await Task.Delay(100, Cancellation))
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(90), fixture.App.Output);
    }

    private async Task WithoutMailAsync(Func<Task> step, string path = "POST .*dataprivacy.*/messages$")
    {
        var faults = new Uri(fixture.App.Graph.BaseAddress!, "/local/faults");
        using (var away = await fixture.App.Graph.PostAsJsonAsync(faults, new { path, count = 100_000, kind = "500" }, Cancellation))
            Assert.True(away.IsSuccessStatusCode);
        await step();
        await fixture.App.AdvanceAsync("PT5M", Cancellation);
        using (await fixture.App.Graph.DeleteAsync(faults, Cancellation))
            await fixture.App.AdvanceAsync("PT1H", Cancellation);
    }

    private async Task EndedWellAsync(RequestJourney journey)
    {
        await fixture.ClosesAsync(journey.CaseId, "answered", Cancellation);
        Assert.Equal(
            Letters,
            (await journey.Person.InboxAsync(Cancellation)).Select(mail => mail.Subject.Split("] ")[1]).Order(StringComparer.Ordinal));
        Assert.Single(
            await journey.Officer.InboxAsync(Cancellation), mail => mail.Subject.Contains(journey.CaseId, StringComparison.Ordinal));
    }

    public sealed class BehindADoor : AppFixture
    {
        public StorageDoor Door { get; private set; } = null!;

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Door.DisposeAsync();
        }

        protected override RunningApp Make(string storage)
        {
            Door = new StorageDoor(storage);
            return new AppInProcess(Door.ConnectionString);
        }
    }
}
