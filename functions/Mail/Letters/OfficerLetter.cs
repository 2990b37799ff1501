using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Mail.Letters;

/// <summary>A letter to the officer: its first line says what to do by when.</summary>
public abstract record OfficerLetter(CaseId Case) : Letter(Case)
{
    public override bool IsInternal => true;
}
