using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Person.Acknowledging;

/// <summary>Tells the person at once that the request has arrived, what we understood and when they get an answer (T1 to T4).</summary>
/// <param name="Case">The case.</param>
/// <param name="Rights">What we understood; empty where a colleague has to read the request.</param>
/// <param name="ReceivedOn">The day it arrived, in London (T2).</param>
/// <param name="DueOn">The last day to answer (T3).</param>
/// <param name="ConfirmLink">Where the person says that it was them (I2); null where a colleague has to read the request first.</param>
public sealed record AcknowledgementLetter(CaseId Case, IReadOnlyList<Right> Rights, DateOnly ReceivedOn, DateOnly DueOn, Uri? ConfirmLink)
    : Letter(Case)
{
    public override string SubjectLine => "We have your request";

    /// <summary>Whether we know what is wanted, so that the person can confirm it.</summary>
    public bool IsUnderstood => Rights.Count > 0 && ConfirmLink is not null;
}
