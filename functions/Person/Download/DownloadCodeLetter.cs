using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Person.Download;

/// <summary>The code that opens the download page (S1). It stays out of the subject line, which shows on lock screens.</summary>
/// <param name="Case">The case.</param>
/// <param name="Code">Six digits.</param>
/// <param name="Minutes">How long it works.</param>
public sealed record DownloadCodeLetter(CaseId Case, string Code, int Minutes) : Letter(Case)
{
    public override string SubjectLine => "Your code";

    public override IReadOnlyList<string> Codes => [Code];
}
