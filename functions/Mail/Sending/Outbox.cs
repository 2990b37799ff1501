using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Kiota.Abstractions;
using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Bundles.Pages;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Evidence;
using Spectrum.PrivacyFlows.Mail.Floods;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Telemetry;

namespace Spectrum.PrivacyFlows.Mail.Sending;

/// <inheritdoc cref="IOutbox"/>
/// <remarks>
/// A letter is noted, drafted, sent and put on record, in this order, and each step is stored before the next. Where a run ends in
/// between, the next one goes on from there with what was drafted: the words of the first draft are the words that are sent.
/// </remarks>
internal sealed class Outbox(
    MailSettings settings, Drafts drafts, LetterLog log, Threads threads, CaseStore cases, KeptLetters kept, EvidenceLog record,
    Senders senders, MailBudgets budgets, TimeProvider clock, ILogger<Outbox> logger) : IOutbox
{
    public async Task SendToPersonAsync(CaseId caseId, string letterKey, RenderedLetter letter, CancellationToken cancellation = default)
    {
        var @case = await cases.GetAsync(caseId, cancellation);
        await SendAsync(new Sending(caseId, letterKey, [@case.From], letter, @case), cancellation);
    }

    public Task SendToOfficerAsync(
        CaseId caseId, string letterKey, IReadOnlyList<EmailAddress> to, RenderedLetter letter, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(to.Count, nameof(to));
        return SendAsync(new Sending(caseId, letterKey, to, letter, Answers: null), cancellation);
    }

    private async Task SendAsync(Sending sending, CancellationToken cancellation)
    {
        try
        {
            if (await SendOnceAsync(sending, cancellation))
                Measure.MailSent(sending.Answers is not null, worked: true);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Measure.MailSent(sending.Answers is not null, worked: false);
            logger.LetterFailed(sending.CaseId, sending.Key.Split('/')[0], Failures.Describe(failure));
            throw;
        }
    }

    /// <returns>False where it had been sent before.</returns>
    private async Task<bool> SendOnceAsync(Sending sending, CancellationToken cancellation)
    {
        while (true)
        {
            var (entry, isResumed) = (await log.FindAsync(sending.CaseId, sending.Key, cancellation), true);
            if (entry is null)
                (entry, isResumed) = (await log.TryAddAsync(sending.CaseId, sending.Key, NewMessageId(), cancellation), false);
            if (entry is { SentAt: not null })
                return false;
            if (entry is { DraftId: null } && !await TryDraftAsync(sending, entry, isResumed, cancellation))
                continue;
            if (entry is not null && await TrySendAsync(sending, entry, isResumed, cancellation))
                return true;
        }
    }

    /// <returns>False where another sender of this letter went ahead.</returns>
    private async Task<bool> TryDraftAsync(Sending sending, LetterEntry entry, bool isResumed, CancellationToken cancellation)
    {
        // An earlier try may have ended after Graph took the draft and before we stored its id.
        var draft = isResumed ? await drafts.FindByMessageIdAsync($"<{entry.MessageId}>", cancellation) : null;
        draft ??= await CreateDraftAsync(sending, entry.MessageId, cancellation);
        entry.DraftId = draft.Id;
        if (draft.InternetMessageId is not "")
            entry.MessageId = draft.InternetMessageId.Trim('<', '>');
        if (await log.TryUpdateAsync(entry, cancellation))
            return true;
        var ahead = await log.FindAsync(sending.CaseId, sending.Key, cancellation);
        if (ahead?.DraftId is { } theirs && theirs != draft.Id)
            await drafts.DeleteAsync(draft.Id, cancellation);
        return false;
    }

    private async Task<Draft> CreateDraftAsync(Sending sending, string messageId, CancellationToken cancellation)
    {
        await kept.KeepAsync(sending.CaseId, sending.Key, sending.Letter, cancellation);
        // Before it leaves: a machine may answer within the second.
        foreach (var address in sending.To)
            await senders.LetterLeavesAsync(address, cancellation);
        await budgets.CountLetterAsync(sending.To, cancellation);
        var message = LetterMime.Compose(settings, sending.To, sending.Letter, messageId, clock.GetUtcNow(), sending.Answers);
        message.Headers.Add(LetterMime.Header, $"{sending.CaseId}/{sending.Key}");
        return await drafts.CreateAsync(message, cancellation);
    }

    /// <returns>False where another sender of this letter went ahead.</returns>
    private async Task<bool> TrySendAsync(Sending sending, LetterEntry entry, bool isResumed, CancellationToken cancellation)
    {
        if (!isResumed || !await IsSentAsync(entry, cancellation))
            await SendDraftAsync(entry, cancellation);
        await threads.AddAsync(entry.MessageId, sending.CaseId, cancellation, isLetterToPerson: sending.Answers is not null);
        await PutOnRecordAsync(sending, entry.MessageId, cancellation);
        entry.SentAt = clock.GetUtcNow();
        if (!await log.TryUpdateAsync(entry, cancellation))
            return false;
        logger.LogInformation("{CaseId}: sent the letter {LetterKey}.", sending.CaseId, sending.Key);
        return true;
    }

    /// <summary>Graph may have sent the draft and its answer be lost, so a failure is believed only while the draft is still one.</summary>
    private async Task SendDraftAsync(LetterEntry entry, CancellationToken cancellation)
    {
        try
        {
            await drafts.SendAsync(entry.DraftId!, cancellation);
        }
        catch (Exception failure) when (failure is ApiException or HttpRequestException or TaskCanceledException
            && !cancellation.IsCancellationRequested)
        {
            if (!await IsSentAsync(entry, cancellation))
                throw new LetterNotSentException(failure);
        }
    }

    private async Task<bool> IsSentAsync(LetterEntry entry, CancellationToken cancellation)
    {
        var draft = await drafts.FindAsync(entry.DraftId!, cancellation)
            ?? await drafts.FindByMessageIdAsync($"<{entry.MessageId}>", cancellation);
        // Without it nobody can tell whether it was sent, and no letter goes out twice.
        return draft is null ? throw new LetterNotSentException(cause: null) : !draft.IsUnsent;
    }

    private async Task PutOnRecordAsync(Sending sending, string messageId, CancellationToken cancellation)
    {
        var facts = new Dictionary<string, string>(await kept.FactsAsync(sending.CaseId, sending.Key, cancellation))
        {
            ["letter"] = sending.Key,
            ["messageId"] = messageId,
        };
        var to = sending.Answers is null ? "the officer" : "the person";
        await record.AppendAsync(
            sending.CaseId,
            $"letter/{sending.Key}",
            $"A letter was sent to {to}: {sending.Key.Replace('/', ' ').Replace('-', ' ')}.",
            facts,
            cancellation);
    }

    private string NewMessageId() => $"{RandomNumberGenerator.GetHexString(32, lowercase: true)}@{settings.Address.Value.Split('@')[^1]}";

    private sealed record Sending(CaseId CaseId, string Key, IReadOnlyList<EmailAddress> To, RenderedLetter Letter, Case? Answers);
}

/// <summary>
/// Graph did not send a letter. Nothing was sent, or it cannot be told; trying again later is safe and never sends it twice.
/// </summary>
public sealed class LetterNotSentException(Exception? cause)
    : Exception("The mailbox did not send a letter; it can be tried again.", cause);
