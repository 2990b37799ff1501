namespace Spectrum.PrivacyFlows.Mail;

/// <summary>Removes drafts of our letters that a kill left in the mailbox and that nobody will send any more.</summary>
public interface IDraftSweep
{
    /// <returns>How many were removed.</returns>
    Task<int> RemoveAsync(CancellationToken cancellation);
}
