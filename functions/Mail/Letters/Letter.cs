using Spectrum.PrivacyFlows.Cases;

namespace Spectrum.PrivacyFlows.Mail.Letters;

/// <summary>
/// A letter is a record of its fields. Its words are the templates of the same name beside it:
/// <c>.html</c>, where every field is encoded, and <c>.text</c>, which says the same.
/// </summary>
/// <param name="Case">The case that it is about; its number opens the subject line. <see cref="CaseId.OfTheSystem"/> for none.</param>
public abstract record Letter(CaseId Case)
{
    /// <summary>What follows the case number in the subject line. No personal data: subjects show on lock screens and in logs.</summary>
    public abstract string SubjectLine { get; }

    /// <summary>What opens the subject line: the case's number.</summary>
    public string Heading => IsOfACase ? Case.ToString() : "Privacy mailbox";

    /// <summary>False for a letter to the officer that is about no case (<see cref="CaseId.OfTheSystem"/>).</summary>
    public bool IsOfACase => Case != CaseId.OfTheSystem;

    /// <summary>Whether it goes to a colleague, and not to the person the case is about.</summary>
    public virtual bool IsInternal => false;

    /// <summary>Codes that the letter holds; they go to the reader and are not kept. Links are known by their shape.</summary>
    public virtual IReadOnlyList<string> Codes => [];
}
