using System.Diagnostics.Metrics;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Telemetry;

/// <summary>
/// What is counted and measured. Its dimensions are words of ours (a state, a right, a system's key), never anything that a person
/// wrote. Nobody listening, it costs nothing.
/// </summary>
internal static class Measure
{
    private static readonly Meter Meter = new(TelemetryNames.App);
    private static readonly Gauge<int> Cases = Meter.CreateGauge<int>(TelemetryNames.Cases, "{case}", "Open cases.");
    private static readonly Gauge<int> Due = Meter.CreateGauge<int>(
        TelemetryNames.CasesDue, "{case}", "Open cases that nobody has decided on, by when they are due.");
    private static readonly Gauge<int> DaysLeft = Meter.CreateGauge<int>(
        TelemetryNames.DaysLeft, "d", "Days left of the undecided case that is due first; negative where it is overdue.");
    private static readonly Histogram<int> CaseDays = Meter.CreateHistogram<int>(
        TelemetryNames.CaseDays, "d", "Days from the receipt of a request to the closing of its case.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        TelemetryNames.CollectionDuration, "s", "How long a system took to give what it holds.");
    private static readonly Counter<long> Records = Meter.CreateCounter<long>(
        TelemetryNames.CollectionRecords, "{record}", "Records taken.");
    private static readonly Gauge<int> Up = Meter.CreateGauge<int>(
        TelemetryNames.SystemUp, "1", "Whether a system of record answers: 1 or 0.");
    private static readonly Counter<long> Received = Meter.CreateCounter<long>(
        TelemetryNames.MailReceived, "{message}", "Messages taken in.");
    private static readonly Counter<long> Sent = Meter.CreateCounter<long>(
        TelemetryNames.MailSent, "{letter}", "Letters sent, and tries that failed.");
    private static readonly Counter<long> Sweeps = Meter.CreateCounter<long>(
        TelemetryNames.MailSweeps, "{sweep}", "Sweeps of the mailbox.");
    private static readonly Gauge<double> Subscription = Meter.CreateGauge<double>(
        TelemetryNames.SubscriptionHoursLeft, "h", "How long Graph still notifies us of new mail.");
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        TelemetryNames.LinksRefused, "{link}", "Links that were refused.");
    private static readonly Counter<long> Verified = Meter.CreateCounter<long>(
        TelemetryNames.EvidenceVerified, "{record}", "Records whose chain was recomputed.");

    /// <summary>As a dimension has it: <c>Access</c>, <c>Access+Portability</c>; <c>Unknown</c> while nobody has said.</summary>
    public static string Name(IReadOnlyList<Right> rights) => rights.Count == 0 ? "Unknown" : string.Join('+', rights.Order());

    public static void OpenCases(int count, CaseState state, string right) =>
        Cases.Record(count, Tag("state", state.ToString()), Tag("right", right));

    public static void DueCases(int count, string due) => Due.Record(count, Tag("due", due));

    public static void FewestDaysLeft(int days, string right) => DaysLeft.Record(days, Tag("right", right));

    public static void Closed(int days, string right, string outcome) =>
        CaseDays.Record(days, Tag("right", right), Tag("outcome", outcome));

    public static void Collected(string system, TimeSpan took, long? records)
    {
        Duration.Record(took.TotalSeconds, Tag("system", system), Tag("outcome", records is null ? "failed" : "taken"));
        if (records is { } count)
            Records.Add(count, Tag("system", system));
    }

    public static void SystemAnswers(string system, bool answers) => Up.Record(answers ? 1 : 0, Tag("system", system));

    /// <param name="outcome"><c>case</c>, <c>filed</c>, <c>held</c> or <c>gone</c>.</param>
    public static void MailReceived(string outcome) => Received.Add(1, Tag("outcome", outcome));

    public static void MailSent(bool toPerson, bool worked) =>
        Sent.Add(1, Tag("to", toPerson ? "person" : "officer"), Tag("outcome", worked ? "sent" : "failed"));

    public static void Swept(bool worked) => Sweeps.Add(1, Tag("outcome", worked ? "ok" : "failed"));

    public static void SubscriptionLeft(TimeSpan left) => Subscription.Record(left > TimeSpan.Zero ? left.TotalHours : 0);

    public static void LinkRefused(string purpose, string reason) => Refused.Add(1, Tag("purpose", purpose), Tag("reason", reason));

    public static void RecordVerified(bool isIntact) => Verified.Add(1, Tag("outcome", isIntact ? "intact" : "broken"));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
