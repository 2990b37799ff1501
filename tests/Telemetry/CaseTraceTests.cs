using System.Diagnostics;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Tests.Telemetry;

public sealed class CaseTraceTests
{
    private static readonly CaseId Id = new(2026, 1);

    [Fact]
    public void ACasesTrace_IsTheSameInEveryProcessAndRelease() =>
        Assert.Equal("3581c12ab78e893599bc04d61e5c656a", CaseTrace.IdOf(Id).ToHexString());

    [Fact]
    public void EachCase_HasATraceOfItsOwn() =>
        Assert.Equal(
            1_000, Enumerable.Range(1, 1_000).Select(number => CaseTrace.IdOf(new CaseId(2026, number)).ToHexString()).Distinct().Count());

    [Fact]
    public void GivenAnotherSpanAround_TheCasesSpanIsOfItsOwnTrace_AndHangsBelowNothing()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.App,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var around = new Activity("around").Start();
        using var span = CaseTrace.Start("Step", ActivityKind.Internal, Id);
        Assert.Equal(CaseTrace.IdOf(Id), span!.TraceId);
        Assert.Equal(default, span.ParentSpanId);
        Assert.Equal("PR-2026-000001", span.GetTagItem(TelemetryNames.CaseTag));
    }
}
