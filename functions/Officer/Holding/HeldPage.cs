using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Officer.Holding;

/// <summary>
/// The officer says what held mail is, for all of a sender at once. The form sends <c>choice-{key}</c> for each group, <c>until</c> and
/// <c>reviewer</c>.
/// </summary>
/// <param name="Groups">Those of this page, the longest waiting first.</param>
/// <param name="MoreGroups">How many are left for the next pages; they move up as these are decided on.</param>
/// <param name="Until">When the newest message that is shown was held: what came later is not decided on unseen.</param>
/// <param name="Error">What was wrong with the form as sent; empty at first.</param>
/// <param name="Reviewer">As typed, to fill the form again.</param>
/// <param name="Next">The address of the next page; empty on the last.</param>
public sealed record HeldPage(
    IReadOnlyList<HeldGroup> Groups, int MoreGroups, string Until, string Error = "", string Reviewer = "", string Next = "")
    : FormPage("Mail that waits for you", null, Error)
{
    public bool IsEmpty => Groups.Count == 0;

    public bool HasMore => MoreGroups > 0;

    public string MoreInWords => MoreGroups == 1 ? "one more sender" : $"{PlainWords.Count(MoreGroups)} more senders";
}
