using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Person.Delivery;

namespace Spectrum.PrivacyFlows.Person.Download;

/// <summary>
/// The page of the delivery letter's link. Whoever holds the link still needs the code, which goes to the case's own address (S1),
/// so a forwarded or leaked link opens nothing.
/// </summary>
public sealed class DownloadEndpoint(
    PageGuard guard, CaseLinks links, DownloadCodes codes, Downloads downloads, BundleStore bundles, EvidenceLog record,
    LetterRenderer letters, IOutbox outbox, AnswerReceiver desk, DeliverySettings settings, TimeProvider clock)
{
    [Function("DownloadPage")]
    public Task<IActionResult> Download(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/download/{token}")] HttpRequest request,
        string caseId, string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        guard.ShowAsync(caseId, () => HandleAsync(request, caseId, token, client, cancellation));

    private async Task<IActionResult> HandleAsync(
        HttpRequest request, string caseId, string token, DurableTaskClient client, CancellationToken cancellation)
    {
        var link = await links.CheckAsync(caseId, LinkPurpose.Download, token, scope: null, cancellation);
        if (link.State != LinkState.Valid || await bundles.FindAsync(link.CaseId!.Value, cancellation) is not { } bundle)
            return LinkPages.Refused(link);
        var id = link.CaseId!.Value;
        var visit = new Visit(link, id, bundle.Bytes, await downloads.CountAsync(id, cancellation));
        if (!HttpMethods.IsPost(request.Method))
        {
            await record.AppendBoundedAsync(id, "viewed", "The download page was opened.", cancellation: cancellation);
            return Page(visit, DownloadStep.AskForCode, "");
        }
        var form = await PostedForm.ReadAsync(request, cancellation);
        return form.Text("do") switch
        {
            "send-code" => await SendCodeAsync(request, visit, cancellation),
            "fresh-link" => await SendFreshLinkAsync(visit, cancellation),
            "open" => await OpenAsync(visit, form.Text("code", 40), cancellation),
            "close" when form.Text("have") is "yes" && visit.Downloads > 0 => await CloseAsync(client, visit, cancellation),
            "close" => Page(visit, DownloadStep.AskForCode, "Please tick the box if you have your data."),
            _ => Page(visit, DownloadStep.AskForCode, "Please choose what to do."),
        };
    }

    private async Task<IActionResult> SendCodeAsync(HttpRequest request, Visit visit, CancellationToken cancellation)
    {
        if (visit.Downloads >= settings.MaxDownloads)
            return LinkPages.TooManyDownloads(settings.MaxDownloads);
        var caller = codes.CallerKey(visit.Id, CallerAddress.Of(request));
        if (await codes.IssueAsync(visit.Id, visit.Link.Id, caller, cancellation) is not { } issued)
            return Page(
                visit,
                DownloadStep.EnterCode,
                "We have sent as many codes today as we may for this link. Please use the newest one, or have a fresh link sent to you.");
        var letter = new DownloadCodeLetter(visit.Id, issued.Code, DownloadCodes.Minutes);
        await outbox.SendToPersonAsync(
            visit.Id, string.Create(CultureInfo.InvariantCulture, $"code/{issued.Number}"), letters.Render(letter), cancellation);
        return Page(visit, DownloadStep.EnterCode, "");
    }

    /// <summary>
    /// For somebody whose link others may have, or whose codes others have used up: the fresh link goes to the case's own address, and
    /// this one ends. So whoever holds a stolen link ends it by asking.
    /// </summary>
    private async Task<IActionResult> SendFreshLinkAsync(Visit visit, CancellationToken cancellation)
    {
        if (await codes.TakeFreshLinkAsync(visit.Id, cancellation) is not { } number)
            return Page(visit, DownloadStep.AskForCode, "We have sent as many fresh links today as we may. Please use the newest one.");
        var key = string.Create(CultureInfo.InvariantCulture, $"fresh-link/{number}");
        await links.ReplaceAsync(
            visit.Id, LinkPurpose.Download, key, visit.Link.ExpiresAt,
            link => outbox.SendToPersonAsync(
                visit.Id, key, letters.Render(new FreshLinkLetter(visit.Id, link, visit.Link.ExpiresAt)), cancellation),
            cancellation);
        return LinkPages.Thanks(
            "We have sent a fresh link",
            "It is on its way to the email address that asked for this data. The link that you used to come here has ended.");
    }

    private async Task<IActionResult> OpenAsync(Visit visit, string code, CancellationToken cancellation)
    {
        var check = await codes.TryAsync(visit.Id, TypedCode.Plain(code), cancellation);
        if (!check.IsRight)
            return Page(visit, check.MayTryAgain ? DownloadStep.EnterCode : DownloadStep.AskForCode, check.Problem);
        if (visit.Downloads >= settings.MaxDownloads)
            return LinkPages.TooManyDownloads(settings.MaxDownloads);
        var hour = clock.GetUtcNow().AddHours(1);
        var expires = hour < visit.Link.ExpiresAt ? hour : visit.Link.ExpiresAt;
        // One code, one link, one download: two codes in one second give two links.
        var scope = string.Create(CultureInfo.InvariantCulture, $"{visit.Link.Id} code {check.Number}");
        return new RedirectResult((await links.CreateAsync(visit.Id, LinkPurpose.File, scope, expires, cancellation)).ToString())
        {
            PreserveMethod = false,
        };
    }

    /// <summary>The person's word that they have it: the case goes on to destroy our copy.</summary>
    private async Task<IActionResult> CloseAsync(DurableTaskClient client, Visit visit, CancellationToken cancellation) =>
        await desk.TakeAsync(client, visit.Link, Question.Receipt, new Answer("yes", "", "", visit.Link.Id), cancellation)
            ? LinkPages.ThanksAndAskAgain(
                "Thank you",
                "We are deleting our copy of the bundle now. The data itself stays where it was; only the copy made for you goes.")
            : await desk.RefusedAsync(visit.Link, Question.Receipt, cancellation);

    private Pages.PageResult Page(Visit visit, DownloadStep step, string error) =>
        new(new DownloadPage(
            visit.Id,
            step,
            visit.Link.ExpiresAt,
            Math.Max(0, settings.MaxDownloads - visit.Downloads),
            visit.Bytes,
            error,
            visit.Downloads > 0));

    private sealed record Visit(LinkCheck Link, CaseId Id, long Bytes, int Downloads);
}
