using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Person.Closing;

/// <summary>The case closes because nobody confirmed the request; says how to take it up again and how to complain (R1).</summary>
public sealed record UnconfirmedClosedLetter(CaseId Case) : Letter(Case)
{
    public override string SubjectLine => "We have closed your request";
}
