using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Answering;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Pages;

namespace Spectrum.PrivacyFlows.Operations.Watching;

/// <summary>
/// Lets the officer set a case going again whose orchestration failed. Every step is safe to run again, so it goes through
/// what is done to where it stopped.
/// </summary>
public sealed class ResumeEndpoint(PageGuard guard, CaseLinks links, EvidenceLog record)
{
    [Function("ResumePage")]
    public Task<IActionResult> Resume(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "cases/{caseId}/resume/{token}")] HttpRequest request,
        string caseId, string token, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        guard.ShowAsync(caseId, () => HandleAsync(request, caseId, token, client, cancellation));

    private async Task<IActionResult> HandleAsync(
        HttpRequest request, string caseId, string token, DurableTaskClient client, CancellationToken cancellation)
    {
        var link = await links.CheckAsync(caseId, LinkPurpose.Resume, token, scope: null, cancellation);
        if (link.State != LinkState.Valid)
            return LinkPages.Refused(link);
        var id = link.CaseId!.Value;
        if (!HttpMethods.IsPost(request.Method))
            return new Pages.PageResult(new ResumePage(id));
        var form = await PostedForm.ReadAsync(request, cancellation);
        var reviewer = form.Text("reviewer", 100);
        if (reviewer is "" || !form.Text("confirm").Equals("go on", StringComparison.OrdinalIgnoreCase))
            return new Pages.PageResult(new ResumePage(id, "Please type your name and the words go on.", reviewer));

        var instance = await client.GetInstanceAsync(id.ToString(), cancellation);
        if (instance is null or { IsCompleted: true })
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(PrivacyRequestOrchestration.PrivacyRequest),
                id.ToString(),
                new StartOrchestrationOptions(id.ToString()),
                cancellation);
        await record.AppendAsync(
            id,
            $"resumed/{link.Id}",
            "The officer set the case going again after a step had failed.",
            new Dictionary<string, string> { ["by"] = reviewer },
            cancellation);
        return await links.TryUseAsync(link, cancellation)
            ? LinkPages.Thanks("The case goes on", "It takes up where it stopped. Nothing is sent twice.")
            : LinkPages.AlreadyAnswered();
    }
}
