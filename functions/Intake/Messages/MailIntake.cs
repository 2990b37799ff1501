using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;
using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Intake.Archive;
using Spectrum.PrivacyFlows.Intake.Carried;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Intake.Replies;
using Spectrum.PrivacyFlows.Intake.Understanding;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Floods;
using Spectrum.PrivacyFlows.Telemetry;
using EmailAddress = Spectrum.PrivacyFlows.Cases.EmailAddress;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>
/// Turns one message into one case, a file of a case that is there, or one that is held for the officer. A run that ends anywhere leaves
/// the message open; the next one does every step again, and each finds what is done already.
/// </summary>
internal sealed class MailIntake(
    Inbox inbox, IntakeLog log, Admission admission, Correspondence correspondence, DeliveryReports reports, MimeArchive archive,
    RequestText texts, CaseNumbers numbers, CaseStore cases, EvidenceLog record, Senders senders, MailBudgets budgets, FloodAlarm alarm,
    HeldAlert alert, ILogger<MailIntake> logger)
{
    public async Task TakeAsync(IntakeEntry entry, StartCase start, CancellationToken cancellation)
    {
        if (await log.IsDoneAsync(entry.Key, cancellation))
        {
            await log.FinishAsync(entry, "taken before", cancellation);
            return;
        }
        if (await inbox.FindAsync(entry.MessageId, cancellation) is not { } message)
        {
            await ExplainNumberAsync(entry, cancellation);
            await log.FinishAsync(entry, "no longer in the mailbox", cancellation);
            Measure.MailReceived("gone");
            return;
        }
        var from = SenderOf(entry, message);
        var admitted = await admission.DecideAsync(entry, message, from, cancellation);
        if (admitted.Held is { } reason)
            await HoldAsync(entry, message, reason, admitted.Carried, cancellation);
        else if (admitted.PartOf is { } found)
            await FileAsync(entry, found, from!, admitted, start, cancellation);
        else if (admitted.Report is { } report)
            await FileReportAsync(entry, report, cancellation);
        else
            await OpenCaseAsync(entry, message, from!, start, cancellation);
    }

    /// <summary>Who is to be answered: the message's sender, or the person for whom the officer said that it speaks.</summary>
    private static EmailAddress? SenderOf(IntakeEntry entry, Message message)
    {
        var address = entry.IsForAnother ? entry.About : message.From?.EmailAddress?.Address;
        return EmailAddress.TryParse(address, out var sender) ? sender : null;
    }

    /// <summary>Gives the message its case number, which it keeps from then on.</summary>
    public async Task<CaseId> ClaimNumberAsync(IntakeEntry entry, CancellationToken cancellation)
    {
        if (entry.CaseNumber is null)
        {
            var next = await numbers.NextAsync(YearOf(entry), entry.Key + entry.Draws, cancellation);
            entry.CaseNumber = next.ToString();
            await log.UpdateAsync(entry, cancellation);
        }
        return CaseId.Parse(entry.CaseNumber);
    }

    /// <summary>It stays unread, and nobody is answered: the officer says what it is.</summary>
    private async Task HoldAsync(
        IntakeEntry entry, Message message, HoldReason reason, CarriedRequest? carried, CancellationToken cancellation)
    {
        if (reason == HoldReason.OverallBudget)
            await alarm.RaiseAsync(cancellation);
        await ExplainNumberAsync(entry, cancellation);
        var from = NewRequest.OneLine(message.From?.EmailAddress?.Address, 254);
        if (carried is { IsUrgent: true })
            await alert.RaiseAsync(entry, reason, from, SubjectOf(message), carried.About, cancellation);
        await log.HoldAsync(entry, reason, from, SubjectOf(message), carried, cancellation);
        Measure.MailReceived("held");
        logger.LogInformation("{Message} is held for the officer: {Reason}.", entry, reason);
    }

    /// <summary>
    /// A number without a case would else look like a case that somebody deleted. It is looked up where it was given out: a crash may
    /// have come before the message had it.
    /// </summary>
    internal async Task ExplainNumberAsync(IntakeEntry entry, CancellationToken cancellation)
    {
        if (await numbers.FindAsync(YearOf(entry), entry.Key + entry.Draws, cancellation) is { } number)
            await record.AppendAsync(
                CaseId.OfTheSystem, EvidenceKeys.NumberUnused(number),
                "A number was given out for a message that became no case by itself.", cancellation: cancellation);
    }

    private async Task FileReportAsync(IntakeEntry entry, ReportedLetter about, CancellationToken cancellation)
    {
        await ExplainNumberAsync(entry, cancellation);
        await reports.FileAsync(entry, about, cancellation);
        await log.FinishAsync(entry, about.Case.Id.ToString(), cancellation);
        Measure.MailReceived("filed");
        await MarkAsync(entry, about.Case.Id.ToString(), cancellation);
    }

    private async Task FileAsync(
        IntakeEntry entry, Case found, EmailAddress from, Admitted admitted, StartCase start, CancellationToken cancellation)
    {
        await ExplainNumberAsync(entry, cancellation);
        if (await correspondence.FileAsync(found, entry, from, admitted, start, cancellation))
            await log.FinishAsync(entry, found.Id.ToString(), cancellation);
        else
            await log.FinishUntoldAsync(entry, found.Id.ToString(), cancellation);
        Measure.MailReceived("filed");
        await MarkAsync(entry, found.Id.ToString(), cancellation);
    }

    private async Task OpenCaseAsync(IntakeEntry entry, Message message, EmailAddress from, StartCase start, CancellationToken cancellation)
    {
        var caseId = await ClaimNumberAsync(entry, cancellation);
        // The sweep is of no case; from here on the work is this one's.
        using var span = CaseTrace.Start("OpenCase", ActivityKind.Internal, caseId);
        var kept = await archive.StoreAsync(caseId, entry.MessageId, RequestText.RequestFile, cancellation);
        var words = await texts.ReadAsync(caseId, RequestText.RequestFile, cancellation);
        var basic = NewRequest.CaseOf(caseId, entry, message, from);
        var understanding = Reading.Of(SubjectOf(message), words.Of(basic.Channel, from));
        var opened = basic with
        {
            Authentication = basic.Channel == RequestChannel.Email ? words.VouchedFor(from) : "",
            Rights = understanding.Rights,
        };
        await CreateAsync(opened, entry, cancellation);
        await PutOnRecordAsync(opened, kept, understanding, cancellation);
        await senders.SaveCaseAsync(from, caseId, cancellation);
        if (understanding.Rights.Count == 0)
            await budgets.CountUnrecognisedAsync(cancellation);
        await start(caseId, null, cancellation);
        await log.FinishAsync(entry, caseId.ToString(), cancellation);
        Measure.MailReceived("case");
        logger.CaseOpened(caseId, Measure.Name(opened.Rights));
        await MarkAsync(entry, caseId.ToString(), cancellation);
    }

    private async Task CreateAsync(Case opened, IntakeEntry entry, CancellationToken cancellation)
    {
        if (!await cases.TryCreateAsync(opened, cancellation)
            && (await cases.GetAsync(opened.Id, cancellation)).MessageId != opened.MessageId)
        {
            // The counter was lost or set back. No case takes another one's number: the next try draws a new one.
            await ExplainNumberAsync(entry, cancellation);
            (entry.CaseNumber, entry.Draws) = (null, $"-{opened.Id.Number}");
            throw new InvalidOperationException($"{opened.Id} belongs to another message.");
        }
        await correspondence.BeginThreadAsync(opened, cancellation);
    }

    private Task PutOnRecordAsync(Case opened, ArchivedMessage kept, Reading understanding, CancellationToken cancellation)
    {
        return record.AppendAsync(
            opened.Id,
            "received",
            NewRequest.Words(opened.Channel),
            NewRequest.Facts(opened, kept, understanding),
            cancellation);
    }

    // It only helps people who look into the mailbox, so a failure is not worth another try.
    private async Task MarkAsync(IntakeEntry entry, string category, CancellationToken cancellation)
    {
        try
        {
            await inbox.MarkAsync(entry.MessageId, category, cancellation);
        }
        catch (Exception failure) when (failure is ApiException or HttpRequestException or TaskCanceledException
            && !cancellation.IsCancellationRequested)
        {
            logger.LogWarning("Could not mark {Message} in the mailbox ({Problem}).", entry, Failures.Describe(failure));
        }
    }

    /// <summary>At most 500 characters on one line; untrusted.</summary>
    internal static string SubjectOf(Message message) => NewRequest.OneLine(message.Subject, 500);

    private static int YearOf(IntakeEntry entry) => DeadlineCalculator.LondonDate(entry.ReceivedAt).Year;
}
