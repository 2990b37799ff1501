using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Intake.Holding;

/// <summary>So much mail came today that no more of it becomes cases by itself.</summary>
/// <param name="Day">The day in London.</param>
/// <param name="Cases">How many cases a day may open.</param>
/// <param name="Letters">How many letters a day may send before no more cases are opened.</param>
public sealed record FloodAlarmLetter(DateOnly Day, int Cases, int Letters) : OfficerLetter(CaseId.OfTheSystem)
{
    public override string SubjectLine => "Alarm: far more mail than usual";

    public string CasesInWords => PlainWords.Count(Cases);

    public string LettersInWords => PlainWords.Count(Letters);
}
