using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Intake.Replies;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Officer.Deciding;
using Spectrum.PrivacyFlows.Officer.Holding;
using Spectrum.PrivacyFlows.Officer.Refusing;
using Spectrum.PrivacyFlows.Officer.Sorting;
using Spectrum.PrivacyFlows.Operations.Watching;
using Spectrum.PrivacyFlows.Person.Acknowledging;
using Spectrum.PrivacyFlows.Person.Closing;
using Spectrum.PrivacyFlows.Person.Delivery;
using Spectrum.PrivacyFlows.Person.Download;
using Spectrum.PrivacyFlows.Person.Identity;
using Spectrum.PrivacyFlows.Tampering;

namespace Spectrum.PrivacyFlows.Tests.Letters;

/// <summary>One letter of each kind, and more where a kind says different things. The key is folder and name of its snapshot.</summary>
internal static class LetterSamples
{
    private static readonly LetterRenderer Renderer = new(new ContactDetails());

    public static readonly CaseId Case = new(2026, 1);
    public static readonly DateOnly ReceivedOn = new(2026, 11, 25);
    public static readonly DateOnly DueOn = new(2026, 12, 29);
    public static readonly EmailAddress From = new("ada.byron@example.com");
    public const string Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    /// <summary>With the policy’s controller.</summary>
    public static RenderedLetter Render(Letter letter) => Renderer.Render(letter);

    public static readonly IReadOnlyList<SystemFinding> Found =
    [
        new("Customer relationship system", 12, "", "", "Sales operations"),
        new("Print jobs", 48_210, "", "", "Managed print team"),
        new("Website visits", 1, "", "", "Web team"),
    ];

    public static readonly IReadOnlyList<SystemFinding> OneFailed =
    [
        Found[0],
        new(
            "Print jobs",
            0,
            "The storage account did not answer, five times in 20 minutes.",
            "Check that the account is up, then collect again.",
            "Managed print team, print@spectrum.example"),
        Found[2],
    ];

    public static readonly IReadOnlyList<HeldGroup> Held =
    [
        new(
            "0123456789abcdef", "forms@council.example", 1, 1,
            ["It is marked as a newsletter or a list’s mail; some web forms mark requests so too."],
            ["Subject access request"], new DateTimeOffset(2026, 11, 24, 16, 20, 0, TimeSpan.Zero), CanBeCase: true),
        new(
            "1123456789abcdef", "Addresses at flood.example", 4_000, 4_100,
            ["More came from this domain in a day than the app answers by itself."],
            ["Hello", "Hello again"], new DateTimeOffset(2026, 11, 25, 3, 1, 0, TimeSpan.Zero), CanBeCase: true),
        new(
            "2123456789abcdef", "jo.bloggs@spectrum.example", 1, 1, ["A colleague passed it on: the request may be somebody else’s."],
            ["FW: My data"], new DateTimeOffset(2026, 11, 25, 3, 30, 0, TimeSpan.Zero), CanBeCase: true)
        {
            IsCarried = true,
            About = "max.berg@client.example",
            AskedOn = "2026-11-23",
        },
        new(
            "0000000000000000", "No usable sender", 1, 2,
            ["It names no sender that can be answered: open it in the mailbox."],
            [], new DateTimeOffset(2026, 11, 25, 4, 0, 0, TimeSpan.Zero), CanBeCase: false)
        {
            IsCarried = true,
            AskedOn = "2026-11-25",
        },
    ];

    public static readonly IReadOnlyDictionary<string, Letter> All = new Dictionary<string, Letter>
    {
        ["Person/Acknowledgement"] = new AcknowledgementLetter(Case, [Right.Access, Right.Portability], ReceivedOn, DueOn, Link("confirm")),
        ["Person/AcknowledgementUnread"] = new AcknowledgementLetter(Case, [], ReceivedOn, DueOn, null),
        ["Person/IdentityReminder"] = new IdentityReminderLetter(Case, Link("confirm"), new DateOnly(2026, 12, 23), 1),
        ["Person/UnconfirmedClosed"] = new UnconfirmedClosedLetter(Case),
        ["Person/Refusal"] = new RefusalLetter(
            Case,
            "You asked for the same data on 2 November 2026, and we sent it to you on 9 November.\r\n\r\n"
                + "Nothing has been added since then, so we see this request as excessive."),
        ["Delivery/Delivery"] = new DeliveryLetter(
            Case,
            Link("download"),
            new DateTimeOffset(2026, 12, 9, 14, 5, 0, TimeSpan.Zero),
            5,
            [Right.Access, Right.Portability],
            1_437_000),
        ["Delivery/DownloadCode"] = new DownloadCodeLetter(Case, "042917", 10),
        ["Delivery/ClosedReceived"] = new ClosedLetter(Case, true, 1),
        ["Delivery/ClosedFetched"] = new ClosedLetter(Case, false, 2),
        ["Delivery/ClosedUnread"] = new ClosedLetter(Case, false, 0),
        ["Delivery/FreshLink"] = new FreshLinkLetter(Case, Link("download"), new DateTimeOffset(2026, 12, 9, 14, 5, 0, TimeSpan.Zero)),
        ["Held/Digest"] = Digest(),
        ["Held/DigestFiledOnly"] = Digest() with { Groups = [], MoreGroups = 0, Mails = 0, Link = null },
        ["Notices/Tampered"] = new TamperedLetter(Case, "The record does not hold. Line 3 was altered after it was written."),
        ["Notices/TamperedOfNoCase"] = new TamperedLetter(
            CaseId.OfTheSystem, "The count of case numbers of 2026 was set back: more had been given out."),
        ["Held/NowForwarded"] = new HeldNowLetter(
            HoldReason.Forwarded, "jo.bloggs@spectrum.example", "max.berg@client.example", "FW: My data", Link("held")),
        ["Held/NowJunk"] = new HeldNowLetter(HoldReason.RequestInJunk, "jun.kay@freemail.example", "", "", Link("held")),
        ["Held/FloodAlarm"] = new FloodAlarmLetter(ReceivedOn, 200, 2_000),
        ["Officer/Review"] = Review(),
        ["Officer/ReviewFailed"] = Review() with { Systems = OneFailed, Approve = null, BundleSha256 = "", BundleBytes = 0 },
        ["Officer/ReviewEscalated"] = Review() with
        {
            DaysLeft = 0,
            Reminder = "due today",
            IsEscalation = true,
            Warnings = ["The due date lies past the bank holidays that we know. Please check it."],
        },
        ["Officer/Sort"] = Sort(),
        ["Officer/SortReminder"] = Sort() with { Subject = "", Excerpt = "", Name = "", DaysLeft = 3, Reminder = "3 days left" },
        ["Notices/Problem"] = new ProblemLetter(
            Case,
            "The bundle could not be written.",
            "Check the storage account of bundles, then collect again.",
            Link("collect-again"),
            "Collect again"),
        ["Notices/ProblemWithoutLink"] = new ProblemLetter(
            Case, "The delivery letter could not be sent.", "Check the privacy mailbox.", null, ""),
        ["Notices/NotTheSender"] = new NotTheSenderLetter(Case, new DateOnly(2026, 11, 26)),
        ["Notices/WroteAgain"] = new WroteAgainLetter(
            Case, From, "Thank you. Could you send it before Christmas? I am moving house.", null),
        ["Replies/AnsweredByMail"] = new WroteAgainLetter(Case, From, "What link do you mean? I can only answer here.", Link("vouch")),
        ["Replies/ByMail"] = new ByMailLetter(Case, CaseState.AwaitingDecision),
        ["Replies/ByMailSorting"] = new ByMailLetter(Case, CaseState.WithOfficer),
        ["Replies/Undelivered"] = new UndeliveredLetter(Case, "gus.gone@mistyped.example", "550 5.1.1 no such user", false, DueOn),
        ["Replies/UndeliveredToOfficer"] = new UndeliveredLetter(Case, "officer@spectrum.example", "", true, null),
    };

    public static Uri Link(string page) =>
        new($"https://privacy.spectrum.example/api/cases/{Case}/{page}/v1.Zm9yIG9uZSBjYXNlIGFuZCBvbmUgcHVycG9zZQ.3q2-7wAAbEhf9Rk1o0Y2uQ");

    public static ReviewLetter Review() => new(
        Case,
        From,
        "Ada Byron",
        "Confirmed from the mailbox on Thursday 26 November 2026; SPF, DKIM and DMARC passed",
        DueOn,
        33,
        [Right.Access, Right.Portability],
        Found,
        Sha256,
        1_437_000,
        Link("approve"),
        Link("refuse"),
        Link("decide-later"),
        Link("collect-again"),
        "",
        false,
        "Please send me a copy of my personal data, in a form that I can take to my new provider.\n"
            + "\n[quoted words left out]\n\nThank you\nAda",
        []);

    public static SortLetter Sort() => new(
        Case,
        From,
        "Ada Byron",
        "About my old printer account",
        "Hello, I left the company that leased your printers in March. "
            + "I would like to know what happens with my details now. Kind regards, Ada",
        DueOn,
        33,
        Link("sort"),
        "",
        false);

    private static DigestLetter Digest() => new(
        Held, 7, 4_110, [new FiledMail(Case, 49), new FiledMail(new CaseId(2026, 7), 1)], Link("held"));
}
