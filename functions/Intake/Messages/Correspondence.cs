using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Graph.Models;
using MimeKit.Utils;
using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Intake.Archive;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Intake.Replies;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using EmailAddress = Spectrum.PrivacyFlows.Cases.EmailAddress;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>
/// Mail that belongs to a case which is there already: it is filed with it, and the officer hears of what the person wrote.
/// </summary>
internal sealed partial class Correspondence(
    Threads threads, CaseStore cases, CaseAnswers answers, EvidenceLog record, CaseLinks links, MimeArchive archive, RequestText texts,
    LetterRenderer letters, OfficerMail officer, OfficerSettings officers, MailBudgets budgets, ILogger<Correspondence> logger)
{
    private const int MaxReferences = 30;

    /// <summary>From the receipt of the request: longer than it waits to be confirmed.</summary>
    private const int VouchDays = 60;

    /// <summary>
    /// Finds the case by what the message refers to, or by the number in its subject. Only the person and the officers can write to a
    /// case; what anybody else sends is a request of its own.
    /// </summary>
    public async Task<MailThread?> FindThreadAsync(Message message, EmailAddress from, CancellationToken cancellation)
    {
        var headers = message.InternetMessageHeaders ?? [];
        var references = MailTriage.Values(headers, "In-Reply-To")
            .Concat(MailTriage.Values(headers, "References"))
            .SelectMany(MimeUtils.EnumerateReferences).TakeLast(MaxReferences).ToList();
        var caseId = await threads.FindAsync([.. references, message.ConversationId ?? ""], cancellation) ?? NumberIn(message.Subject);
        if (caseId is null || await cases.FindAsync(caseId.Value, cancellation) is not { } found)
            return null;
        var isPerson = found.From.Equals(from);
        return IsOfficer(from) || isPerson
            ? new MailThread(
                found, isPerson && found.State == CaseState.Closed,
                isPerson && await threads.IsLetterToPersonAsync(references, found.Id, cancellation))
            : null;
    }

    /// <summary>As our letters have it in their subjects. It proves nothing, since numbers can be guessed.</summary>
    private static CaseId? NumberIn(string? subject) =>
        CaseNumber().Match(subject ?? "") is { Success: true } match && CaseId.TryParse(match.Groups["number"].Value, out var id)
            ? id
            : null;

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
    /// <param name="admitted">Whether the officer gets a letter: one a day and case, and the digest counts the others.</param>
    /// <returns>Whether the officer knows of it without the digest.</returns>
    public async Task<bool> FileAsync(
        Case found, IntakeEntry entry, EmailAddress from, Admitted admitted, StartCase start, CancellationToken cancellation)
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
        logger.LogInformation("{CaseId}: filed {Message}.", found.Id, entry);
        if (IsOfficer(from))
        {
            if (admitted.Tells)
                await ShowTheWayAsync(found, entry, cancellation);
            return true;
        }
        var isConfirmed = admitted.AnswersLetter && await TryConfirmAsync(found, file, start, cancellation);
        var mayConfirm = admitted.AnswersLetter && !isConfirmed && IsAsked(found);
        return admitted.Tells && await TellAsync(found, entry, file, mayConfirm, cancellation);
    }

    public bool IsOfficer(EmailAddress from) => from.Equals(officers.Address) || from.Equals(officers.EscalationAddress);

    private static bool IsAsked(Case found) => found.State <= CaseState.AwaitingIdentity;

    /// <summary>
    /// A plain yes in reply to a letter that went to the case's address alone shows who reads that mailbox, as following the link
    /// does (I2).
    /// </summary>
    private async Task<bool> TryConfirmAsync(Case found, string file, StartCase start, CancellationToken cancellation)
    {
        if (!IsAsked(found) || !ReplyWords.Confirm((await texts.ReadAsync(found.Id, file, cancellation)).Words.Own))
            return false;
        if (!await answers.TryAnswerAsync(found.Id, Question.Identity, new Answer("yes", "", "", ""), cancellation))
            return false;
        await start(found.Id, Question.Identity, cancellation);
        return true;
    }

    /// <summary>An officer's mail decides nothing, so they hear where to click; once a day and case.</summary>
    private Task ShowTheWayAsync(Case found, IntakeEntry entry, CancellationToken cancellation)
    {
        var day = DeadlineCalculator.LondonDate(entry.ReceivedAt);
        var letter = letters.Render(new ByMailLetter(found.Id, found.State));
        return officer.SendAsync(found.Id, $"by-mail/{day:yyyy-MM-dd}", letter, isUrgent: false, cancellation);
    }

    private async Task<bool> TellAsync(Case found, IntakeEntry entry, string file, bool mayConfirm, CancellationToken cancellation)
    {
        // By the day on which it arrived, so that a second try sends no second letter.
        var day = DeadlineCalculator.LondonDate(entry.ReceivedAt);
        if (!await budgets.IsToldAsync(found.Id, day, entry.Key, cancellation))
            return false;
        var excerpt = await texts.ExcerptAsync(found.Id, file, cancellation);
        var vouch = mayConfirm
            ? await links.CreateAsync(found.Id, LinkPurpose.Vouch, "", found.ReceivedAt.AddDays(VouchDays), cancellation)
            : null;
        var letter = letters.Render(new WroteAgainLetter(found.Id, found.From, excerpt, vouch));
        await officer.SendAsync(found.Id, $"wrote-again/{day:yyyy-MM-dd}", letter, isUrgent: false, cancellation);
        return true;
    }

    [GeneratedRegex(@"\[(?<number>PR-[0-9]{4}-[0-9]{6,9})\]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CaseNumber();
}

/// <summary>The case that a message belongs to.</summary>
/// <param name="IsOver">It is closed, so that a new wish is a request of its own.</param>
/// <param name="AnswersLetter">It names a letter of ours that went to the person alone.</param>
internal sealed record MailThread(Case Case, bool IsOver, bool AnswersLetter);
