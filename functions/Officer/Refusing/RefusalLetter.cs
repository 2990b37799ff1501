using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Officer.Refusing;

/// <summary>
/// R1: the reasons, the right to complain to us (DPA s.164A) and to the Information Commission (T12), and to go to court.
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="Reasons">The officer's words; line breaks part paragraphs.</param>
public sealed record RefusalLetter(CaseId Case, string Reasons) : Letter(Case)
{
    public override string SubjectLine => "Our answer to your request";

    public IReadOnlyList<string> ReasonParagraphs =>
        Reasons.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
