using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace Spectrum.PrivacyFlows.Telemetry;

/// <summary>
/// Lets out of a span only what is known to hold nothing of a person: a list of what may go, not of what may not, so that a
/// library's new idea stays here.
/// </summary>
internal sealed class SpanPrivacy : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Allowed = FrozenSet.ToFrozenSet(
    [
        TelemetryNames.CaseTag, "case.right", "case.outcome", "faas.trigger", "http.route", "http.request.method",
        "http.response.status_code", "http.request.resend_count",
        "network.protocol.version", "server.address", "server.port", "error.type",
    ]);

    public override void OnEnd(Activity data)
    {
        var address = data.GetTagItem("url.full") as string;
        foreach (var tag in data.TagObjects.Select(tag => tag.Key).Where(tag => !Allowed.Contains(tag)).ToList())
            data.SetTag(tag, null);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var called))
            return;
        var shape = UrlShape.Of(called);
        data.SetTag("url.full", shape);
        data.DisplayName = $"{data.GetTagItem("http.request.method")} {shape[UrlShape.Server(called).Length..]}";
    }
}
