using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Officer.Sorting;

/// <summary>A message that no rule understood: the officer says what it is (T2: a request may come in any words).</summary>
/// <param name="Case">The case.</param>
/// <param name="From">Who wrote.</param>
/// <param name="Name">The name the sender gave; untrusted, may be empty.</param>
/// <param name="Subject">Of their message; untrusted, may be empty.</param>
/// <param name="Excerpt">The beginning of their message; untrusted, may be empty.</param>
/// <param name="DueOn">The last day to answer, should it be a request (T3).</param>
/// <param name="DaysLeft">Days until then; 0 today, negative when overdue.</param>
/// <param name="SortLink">The page on which the officer says what it is.</param>
/// <param name="Reminder">Empty for the first letter, else as in <c>3 days left</c>.</param>
/// <param name="IsEscalation">Goes to the escalation address because the due date has come.</param>
public sealed record SortLetter(
    CaseId Case,
    EmailAddress From,
    Untrusted Name,
    Untrusted Subject,
    Untrusted Excerpt,
    DateOnly DueOn,
    int DaysLeft,
    Uri SortLink,
    string Reminder,
    bool IsEscalation) : OfficerLetter(Case)
{
    public override string SubjectLine => OfficerSubject.For("please say what this message is", DueOn, Reminder, IsEscalation);

    public string Who => PlainWords.Sender(From.Value, Name);

    public Untrusted SubjectOrNone => Subject.Or("(no subject)");

    public Untrusted ExcerptOrNone => Excerpt.Or("(no text)");
}
