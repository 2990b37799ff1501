using System.Globalization;
using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Law;
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

    /// <summary>What nobody takes for a request is one group: an officer looks into the folder, and not at each sender.</summary>
    private static readonly string JunkKey = AddressKey.OfText("junk");

    /// <summary>As in <c>3 messages</c> or <c>40 messages of 12 senders</c>.</summary>
    public string HowMany => (Mails == 1 ? "1 message" : $"{PlainWords.Count(Mails)} messages")
        + (Senders > 1 ? $" of {PlainWords.Count(Senders)} senders" : "");

    /// <summary>As chosen, to fill the form again: <c>leave</c> at first.</summary>
    public string Choice { get; init; } = HeldChoice.Leave;

    /// <summary>Somebody else's request may be in it: a colleague forwarded it, or a form sent it.</summary>
    public bool IsCarried { get; init; }

    /// <summary>Whose, as the message names them or as typed; empty where it names nobody.</summary>
    public string About { get; init; } = "";

    /// <summary>So that no browser makes a link of it.</summary>
    public string PersonShown => Untrusted.Address(About);

    public bool NamesPerson => About.Length > 0;

    /// <summary>When they wrote to us, as a date field has it: <c>2026-11-24</c>.</summary>
    public string AskedOn { get; init; } = "";

    /// <summary>The last day that they can have written on: when the oldest message came.</summary>
    public string Latest => DeadlineCalculator.LondonDate(First).ToString("O", CultureInfo.InvariantCulture);

    public IReadOnlyList<HeldChoice> Choices => HeldChoice.For(this);

    /// <summary>In the order in which the oldest of each arrived, with the messages of each.</summary>
    internal static IReadOnlyList<(HeldGroup Group, IReadOnlyList<IntakeEntry> Mails)> Of(IReadOnlyCollection<IntakeEntry> held)
    {
        var crowds = held.Where(mail => !IsBrought(mail) && !IsJunk(mail)).GroupBy(mail => mail.Domain)
            .Where(domain => domain.Key.Length > 0 && domain.Select(mail => mail.Sender).Distinct().Count() > SendersOfADomain)
            .Select(domain => domain.Key)
            .ToHashSet();
        return
        [
            .. held.GroupBy(mail => KeyOf(mail, crowds))
                .Select(group => (Of(group.Key, [.. group], crowds.Contains(group.Key)), (IReadOnlyList<IntakeEntry>)[.. group]))
                .OrderBy(group => group.Item1.First),
        ];
    }

    private static string KeyOf(IntakeEntry mail, HashSet<string> crowds) => IsJunk(mail) ? JunkKey
        : IsBrought(mail) ? Matter(mail)
        : crowds.Contains(mail.Domain) ? mail.Domain
        : mail.Sender;

    private static bool IsJunk(IntakeEntry mail) => mail.Reason == nameof(HoldReason.Junk);

    private static bool IsBrought(IntakeEntry mail) =>
        mail.Reason is nameof(HoldReason.Forwarded) or nameof(HoldReason.WebForm) or nameof(HoldReason.NoReply)
            or nameof(HoldReason.NoSender);

    /// <summary>What one sender brings of one person is one matter; where no person is named, each message is its own.</summary>
    private static string Matter(IntakeEntry mail) =>
        mail.About is { } about ? AddressKey.OfText($"{mail.Sender}\n{about}") : AddressKey.OfText(mail.Key);

    private static HeldGroup Of(string key, IReadOnlyList<IntakeEntry> mails, bool isDomain)
    {
        var newest = mails.OrderByDescending(mail => mail.ReceivedAt).ToList();
        var from = newest[0].From ?? "";
        var who = key == JunkKey ? "The folder Junk Email"
            : from.Length == 0 ? "No usable sender"
            : isDomain ? "Addresses at " + from[(from.LastIndexOf('@') + 1)..]
            : from;
        return new HeldGroup(
            key.Length == 0 ? new string('0', 16) : key[..16],
            who,
            isDomain || key == JunkKey ? mails.Select(mail => mail.Sender).Distinct().Count() : 1,
            mails.Count,
            [.. mails.Select(mail => mail.Reason).Distinct().Order().Select(ReasonWords.Of)],
            [.. newest.Select(mail => mail.Subject ?? "").Where(subject => subject.Length > 0).Distinct().Take(ExampleSubjects)],
            mails.Min(mail => mail.ReceivedAt),
            mails.All(mail => mail.Sender.Length > 0 && mail.Reason != nameof(HoldReason.OwnLetter) && !mail.IsFromUs && !IsJunk(mail)))
        {
            IsCarried = mails.All(IsBrought),
            About = newest[0].About ?? "",
            AskedOn = mails.Select(mail => mail.AskedOn).Where(day => day is not null).Min(StringComparer.Ordinal)
                ?? DeadlineCalculator.LondonDate(mails.Min(mail => mail.ReceivedAt)).ToString("O", CultureInfo.InvariantCulture),
        };
    }
}
