using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Pages;

namespace Spectrum.PrivacyFlows.Operations.Watching;

/// <summary>
/// The officer sets a case going again that stands still: <c>reviewer</c> is their name, <c>confirm</c> the words <c>go on</c>.
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="Error">What was wrong with the form as sent; empty at first.</param>
/// <param name="Reviewer">As typed, to fill the form again.</param>
public sealed record ResumePage(CaseId Case, string Error = "", string Reviewer = "") : FormPage("Let this case go on?", Case, Error);
