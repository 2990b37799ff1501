using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Person.Identity;

/// <summary>
/// Tells the officer that the owner of the mailbox did not send the request, so the case is closed and nothing was sent (I2).
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="AnsweredOn">The day on which they said so.</param>
public sealed record NotTheSenderLetter(CaseId Case, DateOnly AnsweredOn) : OfficerLetter(Case)
{
    public override string SubjectLine => "Closed: they did not send it";
}
