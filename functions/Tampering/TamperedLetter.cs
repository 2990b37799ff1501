using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Operations.Watching;

namespace Spectrum.PrivacyFlows.Tampering;

/// <summary>Something in our own storage is not as this app wrote it, or is missing.</summary>
/// <param name="Case">The case, or <see cref="CaseId.OfTheSystem"/>.</param>
/// <param name="What">What is wrong, in one sentence or two.</param>
public sealed record TamperedLetter(CaseId Case, string What) : OfficerLetter(Case)
{
    public override string SubjectLine => "Alarm: somebody may have changed our records";
}
