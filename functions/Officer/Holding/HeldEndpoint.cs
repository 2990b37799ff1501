using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Floods;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Officer.Holding;

/// <summary>The page of the digest's link, where the officer says what held mail is. It works again and again until it expires.</summary>
public sealed class HeldEndpoint(
    PageGuard guard, CaseLinks links, HeldMail held, EvidenceLog record, MailSettings mailbox, TimeProvider clock)
{
    /// <summary>Held messages that are looked at; what is past them moves up as these are decided on.</summary>
    internal const int MostRead = 20_000;

    private const int GroupsOnAPage = 20;

    /// <summary>A choice that would open more cases than this is taken back: it would be the flood that was stopped.</summary>
    private const int MostCases = 50;

    [Function("HeldPage")]
    public Task<IActionResult> Decide(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/held/{token}")] HttpRequest request,
        string caseId, string token, CancellationToken cancellation) =>
        guard.ShowAsync(caseId, () => HandleAsync(request, caseId, token, cancellation));

    private async Task<IActionResult> HandleAsync(HttpRequest request, string caseId, string token, CancellationToken cancellation)
    {
        var link = await links.CheckAsync(caseId, LinkPurpose.Held, token, scope: null, cancellation);
        if (link.State != LinkState.Valid)
            return LinkPages.Refused(link);
        var groups = HeldGroup.Of(await held.ReadAsync(cancellation).Take(MostRead).ToListAsync(cancellation));
        var page = PageOf(request);
        if (!HttpMethods.IsPost(request.Method))
            return Page(groups, page, "", "");
        var form = await PostedForm.ReadAsync(request, 3 * GroupsOnAPage + 2, cancellation);
        var chosen = groups.Select(found => found with { Group = HeldForm.Of(form, found.Group, clock.GetUtcNow()) }).ToList();
        var reviewer = form.Text("reviewer", 100);
        if (Problem(chosen, reviewer, form.Text("until")) is { } problem)
            return Page(chosen, page, problem, reviewer);
        var decided = await DecideAsync(chosen, Moment(form.Text("until"))!.Value, reviewer, cancellation);
        return LinkPages.Thanks(
            "Saved", $"{PlainWords.Count(decided)} {(decided == 1 ? "message" : "messages")} decided on. Cases are opened within a minute.",
            "Open the link in the letter again to see what still waits.");
    }

    private string? Problem(
        IReadOnlyList<(HeldGroup Group, IReadOnlyList<IntakeEntry> Mails)> chosen, string reviewer, string until)
    {
        if (Moment(until) is null || chosen.All(found => found.Group.Choice == HeldChoice.Leave))
            return "Please choose what to do with at least one sender.";
        if (reviewer is "")
            return "Please type your name: it goes into the record.";
        if (chosen.Select(found => HeldForm.Problem(found.Group, mailbox.Address)).OfType<string>().FirstOrDefault() is { } person)
            return person;
        var cases = chosen.Select(found => found.Group)
            .Where(group => group.Choice is HeldChoice.Case or HeldChoice.Join or HeldChoice.Behalf).Sum(group => group.Senders);
        return cases > MostCases
            ? $"That could open {PlainWords.Count(cases)} cases and write as many letters. "
                + $"Please choose at most {MostCases} senders at once."
            : null;
    }

    private async Task<int> DecideAsync(
        IReadOnlyList<(HeldGroup Group, IReadOnlyList<IntakeEntry> Mails)> chosen, DateTimeOffset until, string reviewer,
        CancellationToken cancellation)
    {
        var decided = 0;
        foreach (var found in chosen.Where(found => found.Group.Choice != HeldChoice.Leave))
        {
            var seen = found.Mails.Where(mail => mail.Timestamp <= until).ToList();
            await PutOnRecordAsync(found.Group.Choice, seen.Count, reviewer, cancellation);
            decided += await (found.Group.Choice switch
            {
                HeldChoice.Case => held.ReleaseAsync(seen, Release.Case, cancellation),
                HeldChoice.Behalf => held.ReleaseAsync(
                    seen, new EmailAddress(found.Group.About), HeldForm.Day(found.Group.AskedOn), cancellation),
                HeldChoice.Join => held.ReleaseAsync(seen, Release.Join, cancellation),
                _ => held.SetAsideAsync(seen, cancellation),
            });
        }
        return decided;
    }

    // Before it is done, so that no crash leaves it done without a word; nothing of the sender, as a record outlives them.
    private Task<bool> PutOnRecordAsync(string choice, int mails, string reviewer, CancellationToken cancellation) =>
        record.AppendToSystemAsync(
            "held-mail-decided",
            "The officer decided on mail that was held.",
            new Dictionary<string, string>
            {
                ["by"] = reviewer,
                ["choice"] = choice,
                ["messages"] = mails.ToString(CultureInfo.InvariantCulture),
            },
            maxPerDay: 1_000,
            cancellation);

    private static PageResult Page(
        IReadOnlyList<(HeldGroup Group, IReadOnlyList<IntakeEntry> Mails)> groups, int page, string error, string reviewer)
    {
        var shown = groups.Skip(page * GroupsOnAPage).Take(GroupsOnAPage).ToList();
        var until = shown.SelectMany(found => found.Mails).Max(mail => mail.Timestamp) ?? default;
        var more = Math.Max(0, groups.Count - (page + 1) * GroupsOnAPage);
        return new PageResult(new HeldPage(
            [.. shown.Select(found => found.Group)], more, until.ToString("O", CultureInfo.InvariantCulture), error, reviewer,
            more > 0 ? string.Create(CultureInfo.InvariantCulture, $"?page={page + 2}") : ""));
    }

    /// <summary>From 0.</summary>
    private static int PageOf(HttpRequest request) =>
        int.TryParse(request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is > 0 and < 10_000
            ? page - 1
            : 0;

    private static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment : null;
}
