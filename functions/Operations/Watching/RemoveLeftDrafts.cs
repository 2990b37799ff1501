using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Operations.Watching;

/// <summary>Each night, removes the drafts that a kill left in the mailbox and that nobody will send any more.</summary>
public sealed class RemoveLeftDrafts(IDraftSweep sweep, ILogger<RemoveLeftDrafts> log)
{
    [Function(nameof(RemoveEveryLeftDraft))]
    public async Task RemoveEveryLeftDraft([TimerTrigger("0 10 1 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        try
        {
            await sweep.RemoveAsync(cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("Left drafts were not removed ({Problem}); the next night does it.", Failures.Describe(failure));
        }
    }
}
