using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Intake.Replies;

/// <summary>Tells the officer that a letter of ours did not arrive.</summary>
/// <param name="Case">The case.</param>
/// <param name="Recipient">Whom it was for, as the report has it; untrusted, may be empty.</param>
/// <param name="Reason">In the mail service's words; untrusted, may be empty.</param>
/// <param name="WasToOfficer">It was for the officer or the escalation address, so nobody decides.</param>
/// <param name="DueOn">The last day to answer (T3); null until it is known.</param>
public sealed record UndeliveredLetter(CaseId Case, Untrusted Recipient, Untrusted Reason, bool WasToOfficer, DateOnly? DueOn)
    : OfficerLetter(Case)
{
    public override string SubjectLine => WasToOfficer ? "A letter to the officer did not arrive" : "A letter did not reach the person";

    public Untrusted RecipientOrNone => Recipient.Or("(the report does not say)");

    public Untrusted ReasonOrNone => Reason.Or("(the report does not say)");

    public bool HasDueDate => DueOn is not null;

    public DateOnly Due => DueOn ?? default;
}
