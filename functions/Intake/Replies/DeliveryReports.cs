using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Intake.Archive;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Intake.Replies;

/// <summary>
/// Reports of mail services on letters of ours. Each is kept with the case whose letter it is about; where the letter did not arrive, the
/// officer hears at once, since the law's clock runs on and the person knows nothing.
/// </summary>
internal sealed class DeliveryReports(
    Threads threads, CaseStore cases, EvidenceLog record, MimeArchive archive, LetterRenderer letters, OfficerMail officer,
    OfficerSettings officers, ILogger<DeliveryReports> logger)
{
    /// <returns>Null where it is about no letter of a case of ours.</returns>
    public async Task<ReportedLetter?> FindAsync(IntakeEntry entry, CancellationToken cancellation)
    {
        var report = DeliveryReport.Read(
            await archive.ReadBeginningAsync(entry.MessageId, RequestText.MaxBytesRead, cancellation));
        foreach (var id in report.MessageIds)
        {
            if (await threads.FindAsync([id], cancellation) is { } caseId && await cases.FindAsync(caseId, cancellation) is { } found)
                return new ReportedLetter(found, report, AddressKey.OfText(id));
        }
        return null;
    }

    /// <summary>Keeps a report with its case; one letter to the officer for each letter of ours that did not arrive.</summary>
    public async Task FileAsync(IntakeEntry entry, ReportedLetter about, CancellationToken cancellation)
    {
        var (id, report, name) = (about.Case.Id, about.Report, entry.Key[..16]);
        var file = $"reports/{name}.eml";
        var kept = await archive.StoreAsync(id, entry.MessageId, file, cancellation);
        await record.AppendAsync(
            id, $"{(report.IsFailure ? "undelivered" : "delivery-report")}/{name}",
            report.IsFailure
                ? "A mail service reports that a letter of ours could not be delivered. The time to answer runs on."
                : "A mail service reports on a letter of ours.",
            new Dictionary<string, string>(kept.Facts(file)) { ["status"] = report.Status, ["rule"] = "T1" },
            cancellation);
        if (report.IsFailure)
        {
            var isToOfficer = Cases.EmailAddress.TryParse(report.Recipient, out var to)
                && (to.Equals(officers.Address) || to.Equals(officers.EscalationAddress));
            var letter = new UndeliveredLetter(id, report.Recipient, report.Reason, isToOfficer, about.Case.DueOn);
            await officer.SendAsync(id, $"undelivered/{about.Letter}", letters.Render(letter), isUrgent: isToOfficer, cancellation);
        }
        logger.LogInformation("{CaseId}: filed the delivery report {Message}.", id, entry);
    }
}

/// <param name="Letter">Names the letter: 16 hexadecimal digits.</param>
internal sealed record ReportedLetter(Case Case, DeliveryReport Report, string Letter);
