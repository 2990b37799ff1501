using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Officer.Deciding;

/// <summary>
/// Asks the officer to approve or refuse an answer, or to decide later. The links only show a page; nothing acts without a form on it (S2).
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="From">Who asks.</param>
/// <param name="Name">The name the sender gave; untrusted, may be empty.</param>
/// <param name="Verified">How identity was verified, in one line.</param>
/// <param name="DueOn">The last day to answer (T3).</param>
/// <param name="DaysLeft">Days until then; 0 today, negative when overdue.</param>
/// <param name="Rights">What is asked for.</param>
/// <param name="Systems">What was found where.</param>
/// <param name="BundleSha256">64 lowercase hexadecimal digits; empty where no bundle could be built.</param>
/// <param name="BundleBytes">Its size; 0 where there is none.</param>
/// <param name="Approve">Null where a system failed, so that there is nothing whole to approve.</param>
/// <param name="Refuse">To refuse with reasons (R1).</param>
/// <param name="DecideLater">To wait: nothing goes out, and the month runs on.</param>
/// <param name="CollectAgain">To have the data collected anew.</param>
/// <param name="Reminder">Empty for the first letter, else as in <c>3 days left</c>.</param>
/// <param name="IsEscalation">Goes to the escalation address because the due date has come.</param>
/// <param name="Request">What the person wrote, or its beginning; untrusted, may be empty.</param>
/// <param name="Warnings">What the officer should know, one sentence each.</param>
public sealed record ReviewLetter(
    CaseId Case,
    EmailAddress From,
    Untrusted Name,
    string Verified,
    DateOnly DueOn,
    int DaysLeft,
    IReadOnlyList<Right> Rights,
    IReadOnlyList<SystemFinding> Systems,
    string BundleSha256,
    long BundleBytes,
    Uri? Approve,
    Uri Refuse,
    Uri DecideLater,
    Uri CollectAgain,
    string Reminder,
    bool IsEscalation,
    Untrusted Request,
    IReadOnlyList<string> Warnings) : OfficerLetter(Case)
{
    public override string SubjectLine =>
        OfficerSubject.For(Approve is null ? "a system failed, please look" : "please decide", DueOn, Reminder, IsEscalation);

    public IReadOnlyList<SystemFinding> Failed => [.. Systems.Where(system => system.Problem.Length > 0)];

    /// <summary>As in <c>A and B</c>.</summary>
    public string FailedNames => string.Join(" and ", Failed.Select(system => system.Name));

    public string FoundInAll => PlainWords.Records(Systems.Sum(system => system.Records));

    public Untrusted RequestOrNone => Request.Or("(no text)");

    public string Who => PlainWords.Sender(From.Value, Name);
}
