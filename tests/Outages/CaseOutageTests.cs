using System.Net;
using System.Net.Http.Json;
using LocalDemo;

namespace Spectrum.PrivacyFlows.Tests.Outages;

/// <summary>Storage, mailbox or a system is away amid cases and comes back: nothing needs a hand, and no letter comes twice.</summary>
public sealed class CaseOutageTests(OutageFixture fixture) : IClassFixture<OutageFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Real seconds: a storage's timeouts and leases know no other. 300 where PRIVACYFLOWS_OUTAGE says so.</summary>
    public static TheoryData<int> Seconds => new() { 1, HostOutageTests.Longest };

    [Theory]
    [MemberData(nameof(Seconds))]
    public async Task Given_a_case_after_each_step_When_the_storage_is_away_and_back_Then_each_ends_as_undisturbed(int seconds)
    {
        var cases = Enumerable.Range(1, LongJourney.Steps)
            .Select(step => (Step: step, Case: new LongJourney(fixture, $"storage.{seconds}.{step}@outage.example")))
            .ToList();
        // First those that wait, then those that were just given something to do, which are at it when the door closes.
        foreach (var (step, journey) in cases.OrderBy(staged => LongJourney.IsDoneByPeople(staged.Step - 1)))
            await journey.GoAsync(step);

        fixture.Door.Close(Outage.Refused);
        await Task.Delay(TimeSpan.FromSeconds(seconds), Cancellation);
        using (var ready = await fixture.App.Http.GetAsync("api/health/ready", Cancellation))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        fixture.Door.Open();
        await fixture.IsReadyAsync();
        await fixture.App.AdvanceAsync("PT15M", Cancellation);

        foreach (var (_, journey) in cases)
            await journey.GoAsync(LongJourney.Steps);
        foreach (var (_, journey) in cases)
            await journey.EndedWellAsync();
    }

    [Theory]
    [InlineData("PT1S")]
    [InlineData("PT30S")]
    [InlineData("PT5M")]
    public async Task Given_a_mailbox_that_is_away_at_every_step_Then_the_case_ends_as_undisturbed(string time)
    {
        var journey = new LongJourney(fixture, $"mailbox.{time.ToLowerInvariant()}@outage.example");
        for (var step = 1; step <= LongJourney.Steps; step++)
        {
            if (LongJourney.IsDoneByPeople(step - 1) && step != LongJourney.WithCode)
                await WithoutMailAsync(() => journey.GoAsync(step), time);
            else
                await journey.GoAsync(step);
        }
        await journey.EndedWellAsync();
    }

    [Fact]
    public async Task Given_no_mailbox_When_a_code_is_asked_for_Then_the_page_says_so_and_the_next_one_comes()
    {
        var journey = new LongJourney(fixture, "code.away@outage.example");
        await journey.GoAsync(LongJourney.WithCode - 1);
        await WithoutMailAsync(
            async () =>
            {
                var answer = await journey.AskForACodeAsync();
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            },
            "PT30S");
        await journey.GoAsync(LongJourney.Steps);
        await fixture.App.AdvanceAsync("PT1H", Cancellation);
    }

    [Theory]
    [InlineData("crm")]
    [InlineData("print-jobs")]
    [InlineData("web-access")]
    public async Task Given_a_system_that_is_away_for_1_30_and_300_seconds_Then_it_is_waited_for_and_the_officer_can_approve(string system)
    {
        foreach (var time in (string[])["PT1S", "PT30S", "PT5M"])
        {
            var journey = new LongJourney(fixture, $"{system}.{time.ToLowerInvariant()}@outage.example");
            await journey.GoAsync(4);
            fixture.TakeAway(system);
            await journey.GoAsync(5);
            await fixture.App.AdvanceAsync(time, Cancellation);
            fixture.BringBack(system);
            await fixture.App.AdvanceAsync("PT15M", Cancellation);
            await journey.GoAsync(LongJourney.Steps);
            await journey.EndedWellAsync();
        }
    }

    /// <summary>Everything that the app asks of its own mailbox fails; people's mailboxes are there.</summary>
    private async Task WithoutMailAsync(Func<Task> step, string time)
    {
        var faults = new Uri(fixture.App.Graph.BaseAddress!, "/local/faults");
        var fault = new { path = "dataprivacy", count = 100_000, kind = "500" };
        using (var away = await fixture.App.Graph.PostAsJsonAsync(faults, fault, Cancellation))
            Assert.True(away.IsSuccessStatusCode);
        await step();
        await fixture.App.AdvanceAsync(time, Cancellation);
        using (await fixture.App.Graph.DeleteAsync(faults, Cancellation))
            await fixture.App.AdvanceAsync("PT1H", Cancellation);
    }
}
