using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Mail.Floods;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Officer.Holding;

/// <summary>Held mail of one sender, or of one domain where very many of its addresses wrote.</summary>
/// <param name="Key">Names it in a form: 16 hexadecimal digits.</param>
/// <param name="Who">The address, or the domain; untrusted.</param>
/// <param name="Senders">How many addresses.</param>
/// <param name="Mails">How many messages.</param>
/// <param name="Why">Each reason once, as a sentence.</param>
/// <param name="Subjects">Of the newest, at most three; untrusted.</param>
/// <param name="First">When the oldest arrived: from then on the time to answer counts, should it be a request (T1).</param>
/// <param name="CanBeCase">Whether there is an address that we could answer.</param>
public sealed record HeldGroup(
    string Key, string Who, int Senders, int Mails, IReadOnlyList<string> Why, IReadOnlyList<string> Subjects, DateTimeOffset First,
    bool CanBeCase)
{
    /// <summary>With more addresses than this, a domain is one group.</summary>
    private const int SendersOfADomain = 10;

    private const int ExampleSubjects = 3;

    /// <summary>As in <c>3 messages</c> or <c>40 messages of 12 senders</c>.</summary>
    public string HowMany => (Mails == 1 ? "1 message" : $"{PlainWords.Count(Mails)} messages")
        + (Senders > 1 ? $" of {PlainWords.Count(Senders)} senders" : "");

    /// <summary>As chosen, to fill the form again: <c>leave</c> at first.</summary>
    public string Choice { get; init; } = HeldChoice.Leave;

    public IReadOnlyList<HeldChoice> Choices => HeldChoice.For(this);

    /// <summary>In the order in which the oldest of each arrived, with the messages of each.</summary>
    internal static IReadOnlyList<(HeldGroup Group, IReadOnlyList<IntakeEntry> Mails)> Of(IReadOnlyCollection<IntakeEntry> held)
    {
        var crowds = held.GroupBy(mail => mail.Domain)
            .Where(domain => domain.Key.Length > 0 && domain.Select(mail => mail.Sender).Distinct().Count() > SendersOfADomain)
            .Select(domain => domain.Key)
            .ToHashSet();
        return
        [
            .. held.GroupBy(mail => crowds.Contains(mail.Domain) ? mail.Domain : mail.Sender)
                .Select(group => (Of(group.Key, [.. group], crowds.Contains(group.Key)), (IReadOnlyList<IntakeEntry>)[.. group]))
                .OrderBy(group => group.Item1.First),
        ];
    }

    private static HeldGroup Of(string key, IReadOnlyList<IntakeEntry> mails, bool isDomain)
    {
        var newest = mails.OrderByDescending(mail => mail.ReceivedAt).ToList();
        var from = newest[0].From ?? "";
        var who = from.Length == 0 ? "No usable sender" : isDomain ? "Addresses at " + from[(from.LastIndexOf('@') + 1)..] : from;
        return new HeldGroup(
            key.Length == 0 ? new string('0', 16) : key[..16],
            who,
            isDomain ? mails.Select(mail => mail.Sender).Distinct().Count() : 1,
            mails.Count,
            [.. mails.Select(mail => mail.Reason).Distinct().Order().Select(ReasonWords.Of)],
            [.. newest.Select(mail => mail.Subject ?? "").Where(subject => subject.Length > 0).Distinct().Take(ExampleSubjects)],
            mails.Min(mail => mail.ReceivedAt),
            mails.All(mail => mail.Sender.Length > 0 && mail.Reason != nameof(HoldReason.OwnLetter)));
    }
}
