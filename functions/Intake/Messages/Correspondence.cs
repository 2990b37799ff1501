using Microsoft.Extensions.Logging;
using Microsoft.Graph.Models;
using MimeKit.Utils;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using EmailAddress = Spectrum.PrivacyFlows.Cases.EmailAddress;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>
/// Mail that belongs to a case which is there already: it is filed with it, and the officer hears of what the person wrote.
/// </summary>
internal sealed class Correspondence(
    Threads threads, CaseStore cases, EvidenceLog record, MimeArchive archive, RequestText texts, LetterRenderer letters,
    OfficerMail officer, OfficerSettings officers, ILogger<Correspondence> logger)
{
    private const int MaxReferences = 30;

    /// <summary>
    /// Finds the case by what the message refers to. Only the person and the officers can write to a case; what anybody else sends is a
    /// request of its own, and so is what the person sends once the case is closed.
    /// </summary>
    public async Task<Case?> FindCaseAsync(Message message, EmailAddress from, CancellationToken cancellation)
    {
        var headers = message.InternetMessageHeaders ?? [];
        var references = MailTriage.Values(headers, "In-Reply-To")
            .Concat(MailTriage.Values(headers, "References"))
            .SelectMany(MimeUtils.EnumerateReferences);
        var caseId = await threads.FindAsync([.. references.TakeLast(MaxReferences), message.ConversationId ?? ""], cancellation);
        if (caseId is null || await cases.FindAsync(caseId.Value, cancellation) is not { } found)
            return null;
        var mayWrite = IsOfficer(from) || (found.From.Equals(from) && found.State != CaseState.Closed);
        return mayWrite ? found : null;
    }

    /// <summary>
    /// Notes by what later mail will name the case. What leads to somebody else's open case leads there still: whoever sends a Message-ID
    /// that they have seen, or writes into a conversation, cannot take its answers away.
    /// </summary>
    public async Task BeginThreadAsync(Case opened, CancellationToken cancellation)
    {
        foreach (var id in new[] { opened.InternetMessageId, opened.ConversationId })
        {
            var other = await threads.FindAsync([id], cancellation) is { } known && known != opened.Id
                ? await cases.FindAsync(known, cancellation)
                : null;
            if (other is null || other.State == CaseState.Closed || other.From.Equals(opened.From))
                await threads.AddAsync(id, opened.Id, cancellation);
        }
    }

    public async Task FileAsync(Case found, IntakeEntry entry, EmailAddress from, CancellationToken cancellation)
    {
        var name = entry.Key[..16];
        var file = $"correspondence/{name}.eml";
        var sha256 = await archive.StoreAsync(found.Id, entry.MessageId, file, cancellation);
        var who = IsOfficer(from) ? "An officer" : "The person";
        await record.AppendAsync(
            found.Id,
            $"correspondence/{name}",
            $"{who} wrote in the case's thread.",
            new Dictionary<string, string> { ["file"] = file, ["sha256"] = sha256 },
            cancellation);
        if (!IsOfficer(from))
        {
            var excerpt = await texts.ExcerptAsync(found.Id, file, cancellation);
            await officer.SendAsync(
                found.Id,
                $"wrote-again/{name}",
                letters.Render(new WroteAgainLetter(found.Id, found.From, excerpt)),
                isUrgent: false,
                cancellation);
        }
        logger.LogInformation("{CaseId}: filed {Message}.", found.Id, entry);
    }

    private bool IsOfficer(EmailAddress from) => from.Equals(officers.Address) || from.Equals(officers.EscalationAddress);
}
