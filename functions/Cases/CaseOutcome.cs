namespace Spectrum.PrivacyFlows.Cases;

/// <summary>How a case ended; the words stand in the orchestration's output and in the record.</summary>
public static class CaseOutcome
{
    public const string Answered = "answered";
    public const string Refused = "refused";
    public const string NotTheSender = "not-the-sender";
    public const string NotConfirmed = "not-confirmed";
    public const string AnsweredByHand = "answered-by-hand";
}
