using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Officer.Deciding;

/// <summary>
/// The officer decides. The form sends <c>reviewer</c> (their name), <c>confirm</c> (the word of <see cref="ConfirmWord"/>, typed)
/// and <c>reasons</c> (required to refuse, a note otherwise).
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="Action">What the link is for.</param>
/// <param name="From">Who asks.</param>
/// <param name="Name">The name the sender gave; untrusted, may be empty.</param>
/// <param name="Verified">How identity was verified, in one line.</param>
/// <param name="DueOn">The last day to answer (T3).</param>
/// <param name="DaysLeft">Days until then; 0 today, negative when overdue.</param>
/// <param name="Rights">What is asked for.</param>
/// <param name="Systems">What was found where.</param>
/// <param name="BundleSha256">64 lowercase hexadecimal digits; empty where no bundle could be built.</param>
/// <param name="BundleBytes">Its size; 0 where there is none.</param>
/// <param name="Preview">Where to look at the bundle; null where there is none.</param>
/// <param name="Timeline">The case's record, oldest first.</param>
/// <param name="ChainProblem">The first broken link of the record; empty where it holds.</param>
/// <param name="Error">What was wrong with the form as sent; empty at first.</param>
/// <param name="Reviewer">As typed, to fill the form again.</param>
/// <param name="Reasons">As typed, to fill the form again.</param>
public sealed record ReviewPage(
    CaseId Case,
    ReviewAction Action,
    string From,
    string Name,
    string Verified,
    DateOnly DueOn,
    int DaysLeft,
    IReadOnlyList<Right> Rights,
    IReadOnlyList<SystemFinding> Systems,
    string BundleSha256,
    long BundleBytes,
    Uri? Preview,
    IReadOnlyList<TimelineEntry> Timeline,
    string ChainProblem,
    string Error = "",
    string Reviewer = "",
    string Reasons = "") : FormPage(TitleOf(Action), Case, Error)
{
    /// <summary>What <c>confirm</c> has to say.</summary>
    public string ConfirmWord => WordOf(Action);

    public IReadOnlyList<string> ReasonLines => Reasons.ReplaceLineEndings("\n").Split('\n');

    public bool IsLate => DaysLeft < 0;

    public bool IsSoon => DaysLeft <= 3;

    public string Who => PlainWords.Sender(From, Name);

    public bool Approves => Action == ReviewAction.Approve;

    public bool Refuses => Action == ReviewAction.Refuse;

    public bool AsksWhy => Refuses || Holds;

    public bool Holds => Action == ReviewAction.Hold;

    public IReadOnlyList<SystemFinding> Failed => [.. Systems.Where(system => system.Problem.Length > 0)];

    public long Records => Systems.Sum(system => system.Records);

    /// <summary>The word that confirms an action: approve, refuse, hold or collect.</summary>
    public static string WordOf(ReviewAction action) => action switch
    {
        ReviewAction.Approve => "approve",
        ReviewAction.Refuse => "refuse",
        ReviewAction.Hold => "hold",
        _ => "collect",
    };

    private static string TitleOf(ReviewAction action) => action switch
    {
        ReviewAction.Approve => "Approve and send this answer",
        ReviewAction.Refuse => "Refuse this request",
        ReviewAction.Hold => "Put this request on hold",
        _ => "Collect the data again",
    };
}

public enum ReviewAction
{
    Approve,
    Refuse,
    Hold,
    CollectAgain,
}
