using System.Diagnostics;
using System.Text.RegularExpressions;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Person.Download;
using Spectrum.PrivacyFlows.Person.Identity;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Operations;

/// <summary>A whole case is told in one trace, in metrics and in events, and none of it tells of the person.</summary>
public sealed partial class TelemetryTests(TelemetryFixture fixture) : IClassFixture<TelemetryFixture>
{
    private const string Address = "tell.tale@example.com";

    private static readonly string[] Traces =
    [
        Address, "tell.tale", "Tattle", "secretword", "dataprivacy@", "dataprivacy%40", "Olive", AppFixture.Officer,
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_whole_case_Then_its_trace_metrics_and_events_tell_it_and_nothing_of_the_person()
    {
        var journey = fixture.Journey(Address);
        await journey.AskAsync(
            Cancellation, "Subject access request of Terry Tattle", "Please send me a copy of my personal data. My secretword is Tattle.");
        await journey.ReadAcknowledgementAsync(Cancellation);
        await fixture.App.AdvanceAsync("PT20M", Cancellation);
        await journey.ConfirmAsync(Cancellation);
        await journey.ApproveAsync(await journey.ReadReviewLetterAsync(Cancellation), Cancellation);
        await journey.ReadDeliveryLetterAsync(Cancellation);
        var code = await journey.GetCodeAsync(Cancellation);
        var file = await journey.OpenAsync(code, Cancellation);
        using (var bundle = await fixture.App.Http.GetAsync(file, Cancellation))
            Assert.True(bundle.IsSuccessStatusCode);
        using (await fixture.App.Http.GetAsync(
            new Uri(fixture.App.Http.BaseAddress!, $"api/cases/{journey.CaseId}/confirm/not-one-of-ours"), Cancellation))
            await fixture.App.AdvanceAsync("P8D", Cancellation);
        await fixture.ClosesAsync(journey.CaseId, CaseOutcome.Answered, Cancellation);
        await WaitForAsync("closed as answered after 7 days");

        Assert.Empty(MissingSteps(journey.CaseId));
        foreach (var metric in Metrics())
            await WaitForAsync(metric);
        // As Azure Monitor gets it; the alerts and the workbook look for this property.
        await WaitForAsync("\"EventName\":\"CaseClosed\"");
        await WaitForAsync($"\"ai.operation.id\":\"{CaseTrace.IdOf(CaseId.Parse(journey.CaseId)).ToHexString()}\"");
        var everything = fixture.Received + fixture.App.Output;
        foreach (var trace in Traces.Append(code).Append(file.Segments[^1]))
            Assert.DoesNotContain(trace, everything, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What should be a span of the case's trace and is not.</summary>
    private IEnumerable<string> MissingSteps(string caseId)
    {
        var trace = CaseTrace.IdOf(CaseId.Parse(caseId)).ToHexString();
        var spans = Span().Matches(fixture.App.Output)
            .Where(span => span.Groups["trace"].Value == trace)
            .Select(span => span.Groups["name"].Value.Trim())
            .ToHashSet();
        string[] expected =
        [
            "OpenCase", "Understand", "Acknowledge", "StartAsking", "ConfirmPage", "TakeIdentity", "FindPerson", "CollectFromSystem",
            "BuildBundle", "AskForDecision", "ApprovePage", "TakeDecision",
            "Deliver", "DownloadPage", "BundleFile", "Destroy", "Close", "PrivacyRequest",
            "POST /v1.0/users/*/messages/*/send", "GET /devstoreaccount1/Cases(*)",
            $"PUT /devstoreaccount1/bundle-{caseId.ToLowerInvariant()}/bundle.zip",
        ];
        return expected.Where(name => !spans.Contains(name));
    }

    private static IEnumerable<string> Metrics() =>
        typeof(TelemetryNames).GetFields()
            .Select(field => (string)field.GetValue(null)!)
            .Where(name => name.StartsWith("privacyflows.", StringComparison.Ordinal));

    private async Task WaitForAsync(string text)
    {
        var patience = Stopwatch.StartNew();
        while (!fixture.Received.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), $"Nothing was sent that holds: {text}");
            await Task.Delay(200, Cancellation);
        }
    }

    [GeneratedRegex(@"Activity\.TraceId: +(?<trace>[0-9a-f]{32})\n(?:.*\n){0,5}?Activity\.DisplayName: +(?<name>.+)")]
    private static partial Regex Span();
}
