using System.Diagnostics.Metrics;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Operations.Watching;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Tests.Operations;

public sealed class CensusTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(CaseState.AwaitingDecision, 26, 0)]
    [InlineData(CaseState.AwaitingIdentity, 29, 3)]
    [InlineData(CaseState.Collecting, 25, -1)]
    [InlineData(CaseState.Received, 30, 4)]
    public void AnUndecidedCase_HasDaysLeft(CaseState state, int dueDay, int left) =>
        Assert.Equal(left, new Census(Now).Count(Open(state, new DateOnly(2026, 11, dueDay))));

    [Fact]
    public void ACaseThatIsDecidedOrNotYetUnderstood_IsInNoDanger()
    {
        Assert.Null(new Census(Now).Count(Open(CaseState.Delivered, new DateOnly(2026, 11, 20))));
        Assert.Null(new Census(Now).Count(Open(CaseState.Received, null)));
    }

    [Fact]
    public void ACensus_CountsByStateRightAndDay_AndSaysNoneOfWhatIsGone()
    {
        var seen = new Dictionary<string, int>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == TelemetryNames.App) self.EnableMeasurementEvents(instrument);
            },
        };
        var thread = Environment.CurrentManagedThreadId; // Other tests measure too.
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) =>
        {
            if (Environment.CurrentManagedThreadId == thread)
                seen[$"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}"] = value;
        });
        listener.Start();

        var census = new Census(Now);
        census.Count(Open(CaseState.AwaitingDecision, new DateOnly(2026, 11, 27), Right.Portability, Right.Access));
        census.Count(Open(CaseState.AwaitingDecision, new DateOnly(2026, 11, 24), Right.Access));
        census.Count(Open(CaseState.AwaitingDecision, new DateOnly(2026, 12, 24), Right.Access));
        census.Report();
        Assert.Equal(1, seen["privacyflows.cases AwaitingDecision Access+Portability"]);
        Assert.Equal(2, seen["privacyflows.cases AwaitingDecision Access"]);
        Assert.Equal(1, seen["privacyflows.cases.due overdue"]);
        Assert.Equal(1, seen["privacyflows.cases.due within-3-days"]);
        Assert.Equal(0, seen["privacyflows.cases.due within-7-days"]);
        Assert.Equal(1, seen["privacyflows.cases.due later"]);
        Assert.Equal(-2, seen["privacyflows.cases.days_left Access"]);

        new Census(Now).Report();
        Assert.Equal(0, seen["privacyflows.cases AwaitingDecision Access+Portability"]);
        Assert.Equal(0, seen["privacyflows.cases.due overdue"]);
    }

    private static Case Open(CaseState state, DateOnly? due, params Right[] rights) => new()
    {
        Id = new CaseId(2026, 1),
        From = new EmailAddress("somebody@example.org"),
        ReceivedAt = Now,
        MessageId = "m",
        State = state,
        DueOn = due,
        Rights = rights,
    };
}
