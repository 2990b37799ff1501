using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Intake.Replies;

/// <summary>Tells an officer who answered by mail that a decision needs a link, and where it is.</summary>
/// <param name="Case">The case.</param>
/// <param name="State">Where it stands.</param>
public sealed record ByMailLetter(CaseId Case, CaseState State) : OfficerLetter(Case)
{
    public override string SubjectLine => "Your mail decided nothing: please use the link";

    public bool AwaitsSorting => State == CaseState.WithOfficer;

    public bool AwaitsDecision => State == CaseState.AwaitingDecision;
}
