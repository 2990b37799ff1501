using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Telemetry;

/// <summary>
/// One trace a case. A case lasts a month, is carried by many processes and is begun again after a failure, so its trace is not
/// handed from one to the next: its id follows from the case's number, and whoever works on the case knows it.
/// </summary>
internal static class CaseTrace
{
    private static readonly ActivitySource Source = new(TelemetryNames.App);

    /// <summary>
    /// The first 16 bytes of the SHA-256 of <c>Spectrum.PrivacyFlows </c> and the number. A number is no secret,
    /// and tells nothing of a person.
    /// </summary>
    public static ActivityTraceId IdOf(CaseId caseId) =>
        ActivityTraceId.CreateFromBytes(SHA256.HashData(Encoding.UTF8.GetBytes($"{TelemetryNames.App} {caseId}")).AsSpan(0, 16));

    /// <summary>Begins a span in the case's trace, or in one of its own where it belongs to no case. Null where nobody listens.</summary>
    /// <param name="startTime">Where it began earlier.</param>
    public static Activity? Start(string name, ActivityKind kind, CaseId? caseId, DateTimeOffset startTime = default)
    {
        // Without a parent, whoever called: on one machine it may be another case's work that led here.
        Activity.Current = null;
        var context = caseId is { } id ? new ActivityContext(IdOf(id), default, ActivityTraceFlags.Recorded) : default;
        return Source.StartActivity(
            name, kind, context, tags: caseId is { } known ? [new(TelemetryNames.CaseTag, known.ToString())] : null, startTime: startTime);
    }

    /// <summary>The span of the whole case, written when it closes.</summary>
    public static void Whole(Case closed, string outcome, DateTimeOffset end)
    {
        var before = Activity.Current;
        using (var whole = Start("PrivacyRequest", ActivityKind.Internal, closed.Id, closed.ReceivedAt))
        {
            whole?.SetTag("case.right", Measure.Name(closed.Rights)).SetTag("case.outcome", outcome).SetEndTime(end.UtcDateTime);
        }
        Activity.Current = before;
    }
}
