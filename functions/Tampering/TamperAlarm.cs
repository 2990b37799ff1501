using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Tampering;

/// <summary>
/// Tells the officer and the escalation address, once of each thing, that something in our storage is not as we wrote it.
/// </summary>
public sealed class TamperAlarm(CaseSeals seals, LetterRenderer letters, OfficerMail officer, ILogger<TamperAlarm> log)
{
    /// <param name="owner">A case number, or anything else for what belongs to none.</param>
    /// <param name="what">What is wrong, in words for the officer; holds nothing that is stored there.</param>
    public async Task RaiseAsync(string owner, string what, CancellationToken cancellation)
    {
        log.EvidenceBroken(CaseId.TryParse(owner, out var id) ? owner : "SYSTEM", what);
        var about = id == default ? CaseId.OfTheSystem : id;
        // Once of each thing: one that goes on being wrong is no news, another one is. The key cannot be foreseen, so that nobody notes
        // the letter as sent beforehand.
        var key = $"tampered/{seals.Seal("alarm", owner, what)[..16]}";
        await officer.SendAsync(about, key, letters.Render(new TamperedLetter(about, what)), isUrgent: true, cancellation);
    }

    /// <summary>Where it cannot be told now, whoever meets the same thing next does it: the watch within a quarter of an hour.</summary>
    /// <param name="message">Of a <see cref="CaseSealException"/>.</param>
    public async Task TryRaiseAsync(string message, CancellationToken cancellation)
    {
        try
        {
            await RaiseAsync(CaseSealException.OwnerIn(message), message, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogError("The officer could not be told of a broken seal ({Failure}); the next watch does it.", failure.GetType().Name);
        }
    }
}
