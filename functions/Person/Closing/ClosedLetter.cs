using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Person.Closing;

/// <summary>Our copy of the answer is deleted (S4) and the case is closed.</summary>
/// <param name="Case">The case.</param>
/// <param name="Received">Whether the person fetched their data; if not, the link ran out.</param>
public sealed record ClosedLetter(CaseId Case, bool Received) : Letter(Case)
{
    public override string SubjectLine => "Your request is closed";
}
