using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Officer.Sorting;

/// <summary>
/// The officer says what a message is: <c>answer</c> is <c>access</c>, <c>portability</c>, <c>both</c>, <c>answered</c> or <c>none</c>;
/// <c>reviewer</c> is their name; <c>note</c> is required for the last two.
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="From">Who wrote.</param>
/// <param name="Name">The name the sender gave; untrusted, may be empty.</param>
/// <param name="Subject">Of their message; untrusted, may be empty.</param>
/// <param name="Words">Their message.</param>
/// <param name="DueOn">The last day to answer, should it be a request (T3).</param>
/// <param name="DaysLeft">Days until then; 0 today, negative when overdue.</param>
/// <param name="Timeline">The case's record, oldest first.</param>
/// <param name="ChainProblem">The first broken link of the record; empty where it holds.</param>
/// <param name="Error">What was wrong with the form as sent; empty at first.</param>
/// <param name="Answer">As chosen, to fill the form again.</param>
/// <param name="Reviewer">As typed, to fill the form again.</param>
/// <param name="Note">As typed, to fill the form again.</param>
public sealed record SortPage(
    CaseId Case,
    string From,
    Untrusted Name,
    Untrusted Subject,
    RequestWords Words,
    DateOnly DueOn,
    int DaysLeft,
    IReadOnlyList<TimelineEntry> Timeline,
    string ChainProblem,
    string Error = "",
    string Answer = "",
    string Reviewer = "",
    string Note = "") : FormPage("What is this message?", Case, Error)
{
    public bool IsLate => DaysLeft < 0;

    public bool IsSoon => DaysLeft <= 3;

    public string Who => PlainWords.Sender(From, Name);

    public Untrusted SubjectOrNone => Subject.Or("(no subject)");

    public IReadOnlyList<SortAnswer> Answers => SortAnswer.All(Answer);

    public IReadOnlyList<string> NoteLines => Note.ReplaceLineEndings("\n").Split('\n');
}
