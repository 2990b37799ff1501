using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Pages;

namespace Spectrum.PrivacyFlows.Answering;

/// <summary>What a link that may not act answers, in plain English: 403 where it is not ours, 410 where its time is over.</summary>
internal static class LinkPages
{
    private static readonly WriteTo HowToAskAgain = new("To ask again, just write to", "It costs nothing.");

    public static IActionResult Refused(LinkCheck link) => new PageResult((link.State, link.Purpose) switch
    {
        (LinkState.Forged, _) => Message(403, "This link does not work",
            "It is not one of ours, or a part of it got lost on the way. "
                + "Please open the link in our letter again, or copy the whole of it.") with
        { WriteTo = new WriteTo("If that does not help, write to") },
        (_, LinkPurpose.Download or LinkPurpose.File) => Message(410, "This download has ended",
            "The link has expired, or you told us that you have your data. "
                + "We delete our copy of the bundle then, so that nobody else can get it.") with
        { WriteTo = HowToAskAgain },
        (LinkState.Expired, _) => Message(410, "This link has expired",
            "It worked for a limited time, and that time is over. Nothing was changed.") with
        { WriteTo = HowToAskAgain },
        (LinkState.Used, _) => AlreadyAnsweredPage,
        _ => Message(
            410,
            "This link has been replaced",
            "Something has changed since this letter was sent, so its link no longer works. Please use the newest letter about this case. "
                + "Nothing was changed."),
    });

    public static IActionResult AlreadyAnswered() => new PageResult(AlreadyAnsweredPage);

    /// <summary>The answer came after the case had gone on without it.</summary>
    public static IActionResult TimeRanOut() => new PageResult(Message(410, "The time for this had run out",
        "Your answer came too late to count: by then the case had gone on without it. Nothing was changed.") with
    { WriteTo = HowToAskAgain });

    public static IActionResult Thanks(string title, params string[] paragraphs) => new PageResult(Message(200, title, paragraphs));

    /// <summary>The person is done, and may ask again.</summary>
    public static IActionResult ThanksAndAskAgain(string title, string paragraph) =>
        new PageResult(Message(200, title, paragraph) with { WriteTo = HowToAskAgain with { After = "" } });

    public static IActionResult TooManyDownloads(int limit) =>
        new PageResult(Message(410, "The file has been downloaded as often as it may be",
            $"For your safety it can be fetched {limit} times. "
                + "If you do not have it, or somebody else may have fetched it, tell us at once.") with
        { WriteTo = HowToAskAgain });

    private static MessagePage AlreadyAnsweredPage =>
        Message(
            410, "This has been answered already", "Each link works once, and the answer has arrived. There is nothing more to do here.");

    public static MessagePage Message(int status, string title, params string[] paragraphs) => new(status, title, paragraphs);
}
