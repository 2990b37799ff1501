using Microsoft.Extensions.Logging;
using Microsoft.Graph.Models;
using MimeKit.Utils;
using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Intake.Archive;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using EmailAddress = Spectrum.PrivacyFlows.Cases.EmailAddress;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>
/// Mail that belongs to a case which is there already: it is filed with it, and the officer hears of what the person wrote.
/// </summary>
internal sealed class Correspondence(
    Threads threads, CaseStore cases, EvidenceLog record, MimeArchive archive, RequestText texts, LetterRenderer letters,
    OfficerMail officer, OfficerSettings officers, MailBudgets budgets, ILogger<Correspondence> logger)
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

    /// <summary>Keeps a message with its case.</summary>
    /// <param name="tells">Whether the officer gets a letter: one a day and case, and the digest counts the others.</param>
    /// <returns>Whether the officer knows of it without the digest.</returns>
    public async Task<bool> FileAsync(Case found, IntakeEntry entry, EmailAddress from, bool tells, CancellationToken cancellation)
    {
        var name = entry.Key[..16];
        var file = $"correspondence/{name}.eml";
        var kept = await archive.StoreAsync(found.Id, entry.MessageId, file, cancellation);
        var who = IsOfficer(from) ? "An officer" : "The person";
        await record.AppendAsync(
            found.Id,
            $"correspondence/{name}",
            $"{who} wrote again; the message is kept with the case.",
            kept.Facts(file),
            cancellation);
        var isKnown = IsOfficer(from) || (tells && await TellAsync(found, entry, file, cancellation));
        logger.LogInformation("{CaseId}: filed {Message}.", found.Id, entry);
        return isKnown;
    }

    public bool IsOfficer(EmailAddress from) => from.Equals(officers.Address) || from.Equals(officers.EscalationAddress);

    private async Task<bool> TellAsync(Case found, IntakeEntry entry, string file, CancellationToken cancellation)
    {
        // By the day on which it arrived, so that a second try sends no second letter.
        var day = DeadlineCalculator.LondonDate(entry.ReceivedAt);
        if (!await budgets.IsToldAsync(found.Id, day, entry.Key, cancellation))
            return false;
        var excerpt = await texts.ExcerptAsync(found.Id, file, cancellation);
        var letter = letters.Render(new WroteAgainLetter(found.Id, found.From, excerpt));
        await officer.SendAsync(found.Id, $"wrote-again/{day:yyyy-MM-dd}", letter, isUrgent: false, cancellation);
        return true;
    }
}
