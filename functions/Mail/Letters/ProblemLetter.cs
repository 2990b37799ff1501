using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Mail.Letters;

/// <summary>A step failed for good after its bounded retries: a human takes over.</summary>
/// <param name="Case">The case.</param>
/// <param name="What">What failed, in plain words.</param>
/// <param name="WhatToDo">What to do about it.</param>
/// <param name="Action">Where to do it; null where it cannot be done by a link.</param>
/// <param name="ActionLabel">What the link does, in two to four words; empty without a link.</param>
public sealed record ProblemLetter(CaseId Case, string What, string WhatToDo, Uri? Action, string ActionLabel) : OfficerLetter(Case)
{
    public override string SubjectLine => "A step failed and needs you";
}
