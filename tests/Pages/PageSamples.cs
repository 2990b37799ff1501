using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Officer;
using Spectrum.PrivacyFlows.Officer.Deciding;
using Spectrum.PrivacyFlows.Officer.Holding;
using Spectrum.PrivacyFlows.Officer.Sorting;
using Spectrum.PrivacyFlows.Officer.Vouching;
using Spectrum.PrivacyFlows.Operations.Watching;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Person.Download;
using Spectrum.PrivacyFlows.Person.Identity;
using Spectrum.PrivacyFlows.Rights;
using Spectrum.PrivacyFlows.Tests.Letters;

namespace Spectrum.PrivacyFlows.Tests.Pages;

/// <summary>One page of each kind, and more where a kind says different things. The key is the name of its snapshot.</summary>
internal static class PageSamples
{
    private static readonly CaseId Case = LetterSamples.Case;
    private static readonly DateTimeOffset ExpiresAt = new(2026, 12, 9, 14, 5, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<TimelineEntry> Timeline =
    [
        new(
            new DateTimeOffset(2026, 11, 25, 9, 12, 4, TimeSpan.Zero),
            "The request arrived by email and its original was kept.",
            "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"),
        new(
            new DateTimeOffset(2026, 11, 25, 9, 12, 9, TimeSpan.Zero),
            "We acknowledged it. The answer is due on Tuesday 29 December 2026.",
            "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"),
        new(
            new DateTimeOffset(2026, 11, 26, 18, 40, 51, TimeSpan.Zero),
            "The person confirmed from their mailbox that they sent it.",
            "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"),
        new(
            new DateTimeOffset(2026, 11, 26, 18, 42, 30, TimeSpan.Zero),
            "The bundle was built: 48,223 records in, 48,223 records out.",
            "4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce"),
    ];

    private static readonly PageRenderer Renderer = new(new ContactDetails());

    public static readonly IReadOnlyDictionary<string, Page> All = new Dictionary<string, Page>
    {
        ["Confirm"] = new ConfirmPage(Case, LetterSamples.ReceivedOn, [Right.Access, Right.Portability]),
        ["ConfirmError"] = new ConfirmPage(Case, LetterSamples.ReceivedOn, [Right.Access], "Choose yes or no."),
        ["DownloadAsk"] = new DownloadPage(Case, DownloadStep.AskForCode, ExpiresAt, 5, 1_437_000),
        ["DownloadEnter"] = new DownloadPage(
            Case,
            DownloadStep.EnterCode,
            ExpiresAt,
            4,
            1_437_000,
            "That is not the code that we sent last. You have four more tries.",
            MayClose: true),
        ["DownloadUsedUp"] = new DownloadPage(Case, DownloadStep.AskForCode, ExpiresAt, 0, 1_437_000, MayClose: true),
        ["Approve"] = Review(Decision.Approve),
        ["Refuse"] = Review(Decision.Refuse) with
        {
            DaysLeft = 3,
            Error = "Type the word refuse to confirm.",
            Reviewer = "Grace Hopper",
            Reasons = "First line.\nSecond line.",
        },
        ["DecideLater"] = Review(Decision.DecideLater) with { DaysLeft = -2, ChainProblem = "Line 3 was changed after it was written." },
        ["CollectAgain"] = Review(Decision.CollectAgain) with
        {
            Systems = LetterSamples.OneFailed,
            BundleSha256 = "",
            BundleBytes = 0,
            Preview = null,
        },
        ["Held"] = new HeldPage(LetterSamples.Held, 7, "2026-11-25T04:00:00.0000000+00:00", Next: "?page=2"),
        ["HeldError"] = new HeldPage(LetterSamples.Held, 0, "2026-11-25T04:00:00.0000000+00:00", "Please type your name."),
        ["HeldNone"] = new HeldPage([], 0, ""),
        ["Sort"] = Sort(),
        ["SortError"] = Sort() with
        {
            Subject = "",
            Words = new RequestWords("", ""),
            Name = "",
            Error = "Say in the note why it is not a privacy request.",
            Answer = "none",
            Reviewer = "Grace Hopper",
        },
        ["Vouch"] = new VouchPage(Case),
        ["Resume"] = new ResumePage(Case),
        ["ResumeError"] = new ResumePage(Case, "Please type your name and the words go on.", "Grace Hopper"),
        ["Thanks"] = new MessagePage(
            200,
            "Thank you",
            ["We now collect your data. A person here checks it, and then we write to you.", "You can close this page."],
            null,
            "",
            Case),
        ["Gone"] = new MessagePage(
            410,
            "This link has run out",
            ["The file has been deleted.", "If you still need your data, write to us and say so. We will make a new file for you."],
            new Uri("https://www.spectrum.example/privacy"),
            "Our privacy page"),
        ["AskAgain"] = new MessagePage(
            410,
            "This link has expired",
            ["It worked for a limited time, and that time is over."],
            WriteTo: new WriteTo("To ask again, just write to", "It costs nothing.")),
    };

    /// <summary>With the policy's controller.</summary>
    public static string Render(Page page) => Renderer.Render(page);

    public static ReviewPage Review(Decision decision) => new(
        Case,
        decision,
        LetterSamples.From.Value,
        "Ada Byron",
        "Confirmed from the mailbox on Thursday 26 November 2026; SPF, DKIM and DMARC passed",
        LetterSamples.DueOn,
        33,
        [Right.Access, Right.Portability],
        new RequestWords(
            "Please send me a copy of my personal data, in a form that I can take to my new provider.\n\n[quoted words left out]\n\n"
                + "Thank you\nAda\n\n(The mail also holds contract.pdf: open it in the mailbox.)",
            "On Friday 20 November 2026 the newsletter wrote:\n> We have a new printer: https://news.example"),
        LetterSamples.Found,
        LetterSamples.Sha256,
        1_437_000,
        LetterSamples.Link("preview"),
        Timeline,
        "");

    public static SortPage Sort() => new(
        Case,
        LetterSamples.From.Value,
        "Ada Byron",
        "About my old printer account",
        new RequestWords(
            "Hello,\r\n\r\nI left the company that leased your printers in March. "
                + "I would like to know what happens with my details now.\r\n\r\nKind regards\r\nAda",
            ""),
        LetterSamples.DueOn,
        33,
        [.. Timeline.Take(2)],
        "");
}
