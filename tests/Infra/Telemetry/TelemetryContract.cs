namespace Spectrum.PrivacyFlows.Tests.Infra.Telemetry;

internal static class TelemetryContract
{
    public static IReadOnlyDictionary<string, string[]> Events { get; } = new Dictionary<string, string[]>
    {
        ["CaseOpened"] = ["CaseId", "Right"],
        ["CaseClosed"] = ["CaseId", "Right", "Outcome", "Days"],
        ["CaseDueSoon"] = ["CaseId", "DaysLeft", "State"],
        ["CaseStopped"] = ["CaseId", "Status"],
        ["EvidenceBroken"] = ["CaseId", "Break"],
        ["LetterFailed"] = ["CaseId", "Letter"],
        ["SystemDown"] = ["System"],
    };

    public static IReadOnlyDictionary<string, string[]> Metrics { get; } = new Dictionary<string, string[]>
    {
        ["privacyflows.cases"] = ["state", "right"],
        ["privacyflows.cases.due"] = ["due"],
        ["privacyflows.cases.days_left"] = ["right"],
        ["privacyflows.case.days"] = ["right", "outcome"],
        ["privacyflows.collection.duration"] = ["system", "outcome"],
        ["privacyflows.collection.records"] = ["system"],
        ["privacyflows.system.up"] = ["system"],
        ["privacyflows.mail.received"] = ["outcome"],
        ["privacyflows.mail.sent"] = ["to", "outcome"],
        ["privacyflows.mail.sweeps"] = ["outcome"],
        ["privacyflows.mail.subscription.hours_left"] = [],
        ["privacyflows.links.refused"] = ["purpose", "reason"],
        ["privacyflows.evidence.verified"] = ["outcome"],
    };
}
