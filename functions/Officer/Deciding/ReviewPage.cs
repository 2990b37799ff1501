using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Rights;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Officer.Deciding;

/// <summary>
/// The officer decides. The form sends <c>reviewer</c> (their name), <c>confirm</c> (the word of <see cref="ConfirmWord"/>, typed)
/// and <c>reasons</c> (required to refuse, a note otherwise).
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="Decision">What the link is for.</param>
/// <param name="From">Who asks.</param>
/// <param name="Name">The name the sender gave; untrusted, may be empty.</param>
/// <param name="Verified">How identity was verified, in one line.</param>
/// <param name="DueOn">The last day to answer (T3).</param>
/// <param name="DaysLeft">Days until then; 0 today, negative when overdue.</param>
/// <param name="Rights">What is asked for.</param>
/// <param name="Words">What the person wrote.</param>
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
    Decision Decision,
    string From,
    Untrusted Name,
    string Verified,
    DateOnly DueOn,
    int DaysLeft,
    IReadOnlyList<Right> Rights,
    RequestWords Words,
    IReadOnlyList<SystemFinding> Systems,
    string BundleSha256,
    long BundleBytes,
    Uri? Preview,
    IReadOnlyList<TimelineEntry> Timeline,
    string ChainProblem,
    string Error = "",
    string Reviewer = "",
    string Reasons = "") : FormPage(Decision.Title, Case, Error)
{
    /// <summary>What <c>confirm</c> has to say.</summary>
    public string ConfirmWord => Decision.TypedWord;

    public IReadOnlyList<string> ReasonLines => Reasons.ReplaceLineEndings("\n").Split('\n');

    public bool IsLate => DaysLeft < 0;

    public bool IsSoon => DaysLeft <= 3;

    public string Who => PlainWords.Sender(From, Name);

    public bool Approves => Decision == Decision.Approve;

    public bool Refuses => Decision == Decision.Refuse;

    public bool AsksWhy => Refuses || Waits;

    public bool Waits => Decision == Decision.DecideLater;

    public IReadOnlyList<SystemFinding> Failed => [.. Systems.Where(system => system.Problem.Length > 0)];

    public long Records => Systems.Sum(system => system.Records);
}
