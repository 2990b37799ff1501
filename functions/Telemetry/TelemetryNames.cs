namespace Spectrum.PrivacyFlows.Telemetry;

/// <summary>
/// What metrics and events are called. Alerts, the workbook and docs/operations.md ask for them by these names; a test compares.
/// </summary>
public static class TelemetryNames
{
    /// <summary>Of the source of traces and of the meter.</summary>
    public const string App = "Spectrum.PrivacyFlows";

    /// <summary>The case that a span belongs to, as in <c>PR-2026-000001</c>.</summary>
    public const string CaseTag = "case.id";

    public const string Cases = "privacyflows.cases";
    public const string CasesDue = "privacyflows.cases.due";
    public const string DaysLeft = "privacyflows.cases.days_left";
    public const string CaseDays = "privacyflows.case.days";
    public const string CollectionDuration = "privacyflows.collection.duration";
    public const string CollectionRecords = "privacyflows.collection.records";
    public const string SystemUp = "privacyflows.system.up";
    public const string MailReceived = "privacyflows.mail.received";
    public const string MailSent = "privacyflows.mail.sent";
    public const string MailSweeps = "privacyflows.mail.sweeps";
    public const string SubscriptionHoursLeft = "privacyflows.mail.subscription.hours_left";
    public const string LinksRefused = "privacyflows.links.refused";
    public const string EvidenceVerified = "privacyflows.evidence.verified";
}
