using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Person.Identity;

/// <summary>Asks again whether the request came from this person (I2).</summary>
/// <param name="Case">The case.</param>
/// <param name="ConfirmLink">Where they say so.</param>
/// <param name="ClosesOn">The day on which the case closes unconfirmed.</param>
/// <param name="Number">1 for the first reminder.</param>
public sealed record IdentityReminderLetter(CaseId Case, Uri ConfirmLink, DateOnly ClosesOn, int Number) : Letter(Case)
{
    public override string SubjectLine =>
        Number == 1 ? "Reminder: did you send us this request?" : "Another reminder: did you send us this request?";

    public bool IsFirst => Number == 1;
}
