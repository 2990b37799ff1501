using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Officer.Holding;

/// <summary>
/// Once a day: the mail that waits for the officer, by sender, and what was filed with cases without a letter of its own.
/// </summary>
/// <param name="Groups">The first twenty, those that wait longest first.</param>
/// <param name="MoreGroups">How many senders or domains beside these.</param>
/// <param name="Mails">All messages that wait.</param>
/// <param name="Filed">Case and how many messages were filed with it; the first fifty.</param>
/// <param name="Link">Where to decide; null where nothing waits.</param>
public sealed record DigestLetter(
    IReadOnlyList<HeldGroup> Groups, int MoreGroups, int Mails, IReadOnlyList<FiledMail> Filed, Uri? Link)
    : OfficerLetter(CaseId.OfTheSystem)
{
    public override string SubjectLine =>
        Waits ? $"{MailsInWords} {(Mails == 1 ? "waits" : "wait")} for you" : "Mail that was filed with cases";

    public bool Waits => Mails > 0;

    public string MailsInWords => Mails == 1 ? "1 message" : $"{PlainWords.Count(Mails)} messages";

    public DateTimeOffset First => Groups.Count > 0 ? Groups.Min(group => group.First) : default;

    public string MoreInWords => MoreGroups == 1 ? "And one more sender" : $"And {PlainWords.Count(MoreGroups)} more senders";

    public bool HasMore => MoreGroups > 0;

    public bool HasFiled => Filed.Count > 0;
}

/// <param name="Case">The case.</param>
/// <param name="Mails">How many messages were filed with it.</param>
public sealed record FiledMail(CaseId Case, int Mails)
{
    public string HowMany => Mails == 1 ? "1 message" : $"{PlainWords.Count(Mails)} messages";
}
