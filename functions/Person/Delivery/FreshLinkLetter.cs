using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Person.Download;

namespace Spectrum.PrivacyFlows.Person.Delivery;

/// <summary>A link in place of one that may be in others' hands.</summary>
/// <param name="Case">The case.</param>
/// <param name="DownloadLink">The page that sends a code and, with it, gives the file.</param>
/// <param name="ExpiresAt">When it stops working, which is when the one before would have; printed in London time.</param>
public sealed record FreshLinkLetter(CaseId Case, Uri DownloadLink, DateTimeOffset ExpiresAt) : Letter(Case)
{
    public override string SubjectLine => "A fresh link to your data";
}
