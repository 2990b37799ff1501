using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Pages;

namespace Spectrum.PrivacyFlows.Officer.Vouching;

/// <summary>
/// The officer read a yes in a reply. The form sends <c>reviewer</c> (their name) and <c>confirm</c> (the word <c>confirmed</c>, typed).
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="Error">What was wrong with the form as sent; empty at first.</param>
/// <param name="Reviewer">As typed, to fill the form again.</param>
public sealed record VouchPage(CaseId Case, string Error = "", string Reviewer = "")
    : FormPage("Do they confirm the request?", Case, Error)
{
    internal const string ConfirmWord = "confirmed";

    internal const string Incomplete = $"Please type your name and the word {ConfirmWord}.";
}
