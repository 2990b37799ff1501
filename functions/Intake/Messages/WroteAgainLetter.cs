using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>Tells the officer that the person wrote again in the same thread.</summary>
/// <param name="Case">The case.</param>
/// <param name="From">Who wrote.</param>
/// <param name="Excerpt">The beginning of what they wrote; untrusted, may be empty.</param>
/// <param name="Vouch">Where the officer says that the message confirms the request; null where that is not asked.</param>
public sealed record WroteAgainLetter(CaseId Case, EmailAddress From, Untrusted Excerpt, Uri? Vouch) : OfficerLetter(Case)
{
    public override string SubjectLine => "The person wrote again";

    public Untrusted ExcerptOrNone => Excerpt.Or("(no text)");
}
