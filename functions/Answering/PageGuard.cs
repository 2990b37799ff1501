using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Pages;
using Spectrum.PrivacyFlows.Tampering;

namespace Spectrum.PrivacyFlows.Answering;

/// <summary>Where a storage or the mailbox is away, people get a page that says what to do, not a browser's error.</summary>
public sealed class PageGuard(TamperAlarm alarm, ILogger<PageGuard> log)
{
    public async Task<IActionResult> ShowAsync(string caseId, Func<Task<IActionResult>> page)
    {
        try
        {
            return await page();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The number comes from a URL, so it is logged only where it is one; the message of the failure may hold more than it should.
            log.LogError(
                "{CaseId}: a page failed ({Failure}).",
                CaseId.TryParse(caseId, out var id) ? id.ToString() : "unknown case",
                failure.GetType().Name);
            if (failure is CaseSealException broken)
                await alarm.TryRaiseAsync(broken.Message, CancellationToken.None);
            return new PageResult(new MessagePage(503, "Something on our side is not working",
                ["We are sorry. Please try again in a few minutes: this link still works, and nothing is lost."],
                WriteTo: new WriteTo("If it does not work tomorrow either, write to")));
        }
    }
}
