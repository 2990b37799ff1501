using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Intake.Receiving;
using Spectrum.PrivacyFlows.Intake.Understanding;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Telemetry;
using EmailAddress = Spectrum.PrivacyFlows.Cases.EmailAddress;

namespace Spectrum.PrivacyFlows.Intake.Messages;

/// <summary>
/// Turns one message into one case, a file of a case that is there, or a refusal. A run that ends anywhere leaves the message open;
/// the next one does every step again, and each finds what is done already.
/// </summary>
internal sealed class MailIntake(
    Inbox inbox, IntakeLog log, Correspondence correspondence, MimeArchive archive, RequestText texts, CaseNumbers numbers, CaseStore cases,
    EvidenceLog record, MailSettings settings, ILogger<MailIntake> logger)
{
    public async Task TakeAsync(IntakeEntry entry, StartCase start, CancellationToken cancellation)
    {
        if (await log.IsDoneAsync(entry.Key, cancellation))
        {
            await log.FinishAsync(entry, "taken before", cancellation);
            return;
        }
        var message = await inbox.FindAsync(entry.MessageId, cancellation);
        var from = message is not null && EmailAddress.TryParse(message.From?.EmailAddress?.Address, out var sender) ? sender : null;
        var refusal = message is null
            ? "no longer in the mailbox"
            : MailTriage.WhyRefused(message.InternetMessageHeaders ?? [], from, settings.Address);
        if (refusal is not null)
            await RefuseAsync(entry, refusal, cancellation);
        else if (entry.CaseNumber is null && await correspondence.FindCaseAsync(message!, from!, cancellation) is { } found)
            await FileAsync(entry, found, from!, cancellation);
        else
            await OpenCaseAsync(entry, message!, from!, start, cancellation);
    }

    /// <summary>Gives the message its case number, which it keeps from then on.</summary>
    public async Task<CaseId> ClaimNumberAsync(IntakeEntry entry, CancellationToken cancellation)
    {
        if (entry.CaseNumber is null)
        {
            var next = await numbers.NextAsync(DeadlineCalculator.LondonDate(entry.ReceivedAt).Year, cancellation);
            entry.CaseNumber = next.ToString();
            await log.UpdateAsync(entry, cancellation);
        }
        return CaseId.Parse(entry.CaseNumber);
    }

    private async Task RefuseAsync(IntakeEntry entry, string refusal, CancellationToken cancellation)
    {
        logger.LogInformation("No case for {Message}: {Reason}.", entry, refusal);
        await log.FinishAsync(entry, refusal, cancellation);
        Measure.MailReceived("refused");
        await MarkAsync(entry, "No case", cancellation);
    }

    private async Task FileAsync(IntakeEntry entry, Case found, EmailAddress from, CancellationToken cancellation)
    {
        await correspondence.FileAsync(found, entry, from, cancellation);
        await log.FinishAsync(entry, found.Id.ToString(), cancellation);
        Measure.MailReceived("filed");
        await MarkAsync(entry, found.Id.ToString(), cancellation);
    }

    private async Task OpenCaseAsync(IntakeEntry entry, Message message, EmailAddress from, StartCase start, CancellationToken cancellation)
    {
        var caseId = await ClaimNumberAsync(entry, cancellation);
        // The sweep is of no case; from here on the work is this one's.
        using var span = CaseTrace.Start("OpenCase", ActivityKind.Internal, caseId);
        var sha256 = await archive.StoreAsync(caseId, entry.MessageId, RequestText.RequestFile, cancellation);
        var words = await texts.ReadAsync(caseId, RequestText.RequestFile, cancellation);
        var understanding = Reading.Of(OneLine(message.Subject, 500), words.Text);
        var opened = CaseOf(caseId, entry, message, from) with { Authentication = words.VouchedFor(from), Rights = understanding.Rights };
        await CreateAsync(opened, entry, cancellation);
        await PutOnRecordAsync(opened, sha256, understanding, cancellation);
        await start(caseId, cancellation);
        await log.FinishAsync(entry, caseId.ToString(), cancellation);
        Measure.MailReceived("case");
        logger.CaseOpened(caseId, Measure.Name(opened.Rights));
        await MarkAsync(entry, caseId.ToString(), cancellation);
    }

    private static Case CaseOf(CaseId caseId, IntakeEntry entry, Message message, EmailAddress from) => new()
    {
        Id = caseId,
        From = from,
        Name = OneLine(message.From?.EmailAddress?.Name, 200),
        Subject = OneLine(message.Subject, 500),
        ReceivedAt = entry.ReceivedAt,
        MessageId = entry.MessageId,
        ConversationId = message.ConversationId ?? "",
        InternetMessageId = OneLine(message.InternetMessageId, 998),
    };

    private async Task CreateAsync(Case opened, IntakeEntry entry, CancellationToken cancellation)
    {
        if (!await cases.TryCreateAsync(opened, cancellation)
            && (await cases.GetAsync(opened.Id, cancellation)).MessageId != opened.MessageId)
        {
            // The counter was lost or set back. No case takes another one's number: the next try draws a new one.
            entry.CaseNumber = null;
            throw new InvalidOperationException($"{opened.Id} belongs to another message.");
        }
        await correspondence.BeginThreadAsync(opened, cancellation);
    }

    private Task PutOnRecordAsync(Case opened, string sha256, Reading understanding, CancellationToken cancellation)
    {
        var facts = new Dictionary<string, string>
        {
            ["channel"] = "email",
            ["receivedAt"] = opened.ReceivedAt.ToString("O"),
            ["file"] = RequestText.RequestFile,
            ["sha256"] = sha256,
            ["messageIdSha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(opened.InternetMessageId))),
            ["authentication"] = opened.Authentication,
            ["wordsRecognised"] = string.Join(", ", understanding.Rules),
        };
        return record.AppendAsync(opened.Id, "received", "The request arrived by email and is kept as it came.", facts, cancellation);
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

    private static string OneLine(string? text, int longest)
    {
        var line = string.Concat((text ?? "").Where(c => !char.IsControl(c))).Trim();
        return line.Length <= longest ? line : line[..longest];
    }
}
