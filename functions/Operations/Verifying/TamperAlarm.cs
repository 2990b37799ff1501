using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Operations.Watching;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Operations.Verifying;

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
}
