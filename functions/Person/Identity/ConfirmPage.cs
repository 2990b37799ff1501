using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Pages;

namespace Spectrum.PrivacyFlows.Person.Identity;

/// <summary>
/// Asks whether the person sent the request (I2): <c>answer</c> is <c>yes</c> or <c>no</c>, neither chosen beforehand.
/// Shows nothing of the request but its day and kind, as whoever opens the link may be somebody else.
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="ReceivedOn">The day it arrived, in London (T2).</param>
/// <param name="Rights">What we understood.</param>
/// <param name="Error">What was wrong with the form as sent; empty at first.</param>
public sealed record ConfirmPage(CaseId Case, DateOnly ReceivedOn, IReadOnlyList<Right> Rights, string Error = "")
    : FormPage("Did you send us this request?", Case, Error);
