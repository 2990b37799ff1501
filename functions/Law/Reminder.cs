namespace Spectrum.PrivacyFlows.Law;

/// <param name="At">Nine in the morning in London.</param>
/// <param name="DaysBefore">14, 7, 3, 1, or 0 on the due date itself, when the escalation address is told too.</param>
public readonly record struct Reminder(DateTimeOffset At, int DaysBefore);
