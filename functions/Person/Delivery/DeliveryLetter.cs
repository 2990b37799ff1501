using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Person.Delivery;

/// <summary>The data is ready: a link to fetch it with (R3, S1, S2).</summary>
/// <param name="Case">The case.</param>
/// <param name="DownloadLink">The page that sends a code and, with it, gives the file.</param>
/// <param name="ExpiresAt">When the link stops working; printed in London time.</param>
/// <param name="MaxDownloads">How often the file can be fetched.</param>
/// <param name="Rights">What is inside: access, portability or both.</param>
/// <param name="Bytes">The size of the file.</param>
public sealed record DeliveryLetter(
    CaseId Case, Uri DownloadLink, DateTimeOffset ExpiresAt, int MaxDownloads, IReadOnlyList<Right> Rights, long Bytes) : Letter(Case)
{
    public override string SubjectLine => "Your data is ready";
}
