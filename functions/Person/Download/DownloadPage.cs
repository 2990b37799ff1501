using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Pages;

namespace Spectrum.PrivacyFlows.Person.Download;

/// <summary>
/// The person fetches their data (S1, S2). <c>do</c> is <c>send-code</c>, <c>open</c> (with <c>code</c>, six digits),
/// <c>fresh-link</c>, or <c>close</c> (with <c>have=yes</c>).
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="Step">Whether a code has been sent.</param>
/// <param name="ExpiresAt">When the link stops working; printed in London time.</param>
/// <param name="DownloadsLeft">How often the file can still be fetched.</param>
/// <param name="Bytes">The size of the file.</param>
/// <param name="Error">What was wrong with the form as sent; empty at first.</param>
/// <param name="MayClose">Whether it was fetched already, so that the person may have our copy deleted.</param>
public sealed record DownloadPage(
    CaseId Case, DownloadStep Step, DateTimeOffset ExpiresAt, int DownloadsLeft, long Bytes, string Error = "", bool MayClose = false)
    : FormPage(TitleOf(DownloadsLeft), Case, Error)
{
    public bool AsksForCode => Step == DownloadStep.AskForCode;

    public bool IsUsedUp => DownloadsLeft <= 0;

    private static string TitleOf(int downloadsLeft) => downloadsLeft > 0 ? "Your data is ready" : "Your file has been fetched";
}

public enum DownloadStep
{
    AskForCode,
    EnterCode,
}
