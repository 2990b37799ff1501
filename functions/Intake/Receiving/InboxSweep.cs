using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Graph.Models;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Telemetry;
using EmailAddress = Spectrum.PrivacyFlows.Cases.EmailAddress;

namespace Spectrum.PrivacyFlows.Intake.Receiving;

/// <summary>
/// Reads what is new in the inbox and takes what is open. The timer and the notifications both sweep: in one process sweeps follow one
/// another, and two processes that sweep at once do no harm, since every step of <see cref="MailIntake"/> may be done twice.
/// </summary>
internal sealed class InboxSweep(
    Inbox inbox, IntakeLog log, MailIntake intake, MailboxState state, MailHealth health, LetterRenderer letters, OfficerMail officer,
    TimeProvider clock, ILogger<InboxSweep> logger) : IDisposable
{
    // By then it is not a passing fault any more, and the officer hears of it; it is tried on every hour.
    private const int TriesBeforeTelling = 5;

    private const int NotedAtOnce = 8;
    private const int TakenBetweenPages = 5;
    private const int TakenBetweenLooks = 20;

    private readonly SemaphoreSlim oneAtATime = new(1);
    private int asked;
    private int served;

    /// <summary>
    /// Returns when everything that was in the inbox at the call was seen. A failure of one message is noted with
    /// it and does not stop the others.
    /// </summary>
    public async Task RunAsync(StartCase start, CancellationToken cancellation)
    {
        var ticket = Interlocked.Increment(ref asked);
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            if (served >= ticket)
                return; // A sweep that began after this call has done it.
            var upTo = Volatile.Read(ref asked);
            await SweepAsync(start, cancellation);
            Measure.Swept(worked: true);
            served = upTo;
        }
        catch (Exception)
        {
            health.SweepFailed();
            if (!cancellation.IsCancellationRequested)
                Measure.Swept(worked: false);
            throw;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private async Task SweepAsync(StartCase start, CancellationToken cancellation)
    {
        var queue = new FairQueue();
        foreach (var entry in await log.ReadOpenAsync(clock.GetUtcNow(), cancellation))
            queue.Add(entry);
        // What comes while a flood is worked off is seen between its messages, not behind them.
        do
        {
            foreach (var folder in (string[])[Inbox.Folder, Inbox.JunkFolder])
            {
                await foreach (var page in inbox.ReadAsync(folder, await state.FindLinkAsync(folder, cancellation), cancellation))
                {
                    await NoteAsync(page.Messages, folder, queue, cancellation);
                    await state.SaveLinkAsync(folder, page.Link, cancellation);
                    await TakeAsync(queue, TakenBetweenPages, start, cancellation);
                }
            }
        }
        while (await TakeAsync(queue, TakenBetweenLooks, start, cancellation));
        await health.SweptAsync(cancellation);
    }

    /// <returns>False where nothing was left to take.</returns>
    private async Task<bool> TakeAsync(FairQueue queue, int most, StartCase start, CancellationToken cancellation)
    {
        var taken = 0;
        while (taken < most && queue.TakeNext() is { } entry)
        {
            await TryTakeAsync(entry, start, cancellation);
            taken++;
        }
        return taken > 0;
    }

    private async Task NoteAsync(IReadOnlyList<Message> page, string folder, FairQueue queue, CancellationToken cancellation)
    {
        var noted = new IntakeEntry?[page.Count];
        await Parallel.ForAsync(
            0,
            page.Count,
            new ParallelOptions { MaxDegreeOfParallelism = NotedAtOnce, CancellationToken = cancellation },
            async (i, stop) => noted[i] = await TryNoteAsync(page[i], folder, stop));
        foreach (var entry in noted.OfType<IntakeEntry>())
            queue.Add(entry);
    }

    private async Task<IntakeEntry?> TryNoteAsync(Message listed, string folder, CancellationToken cancellation)
    {
        // A change of a message that is known already may come with nothing but the change.
        var message = listed.InternetMessageId is null || listed.ReceivedDateTime is null
            ? await inbox.FindAsync(listed.Id!, cancellation)
            : listed;
        if (message is null)
            return null;
        var from = EmailAddress.TryParse(message.From?.EmailAddress?.Address, out var sender) ? sender : null;
        var isJunk = folder == Inbox.JunkFolder;
        return await log.TryNoteAsync(
            Key(message), message.Id!, message.ReceivedDateTime ?? clock.GetUtcNow(), from, isJunk, cancellation);
    }

    /// <summary>
    /// Two copies of one message have this in common; two messages of a program that gives each the same Message-ID have not.
    /// </summary>
    private static string Key(Message message)
    {
        var common = message.InternetMessageId is { Length: > 0 } id
            ? $"{id.Trim()}\n{message.From?.EmailAddress?.Address?.ToUpperInvariant()}\n{message.SentDateTime:O}"
            : message.Id!;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(common)));
    }

    private async Task TryTakeAsync(IntakeEntry entry, StartCase start, CancellationToken cancellation)
    {
        try
        {
            await intake.TakeAsync(entry, start, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            logger.LogWarning("Could not take {Message} ({Problem}), try {Try}.", entry, Failures.Describe(failure), entry.Tries + 1);
            await NoteFailureAsync(entry, cancellation);
        }
    }

    private async Task NoteFailureAsync(IntakeEntry entry, CancellationToken cancellation)
    {
        try
        {
            entry.Tries++;
            entry.NotBefore = clock.GetUtcNow()
                + (entry.Tries < TriesBeforeTelling ? TimeSpan.FromMinutes(entry.Tries - 1) : TimeSpan.FromHours(1));
            await log.UpdateAsync(entry, cancellation);
            if (entry.Tries >= TriesBeforeTelling)
                await TellOfficerAsync(entry, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            logger.LogWarning("Could not note the failure of {Message} ({Problem}); it stays open.", entry, Failures.Describe(failure));
        }
    }

    private async Task TellOfficerAsync(IntakeEntry entry, CancellationToken cancellation)
    {
        var number = await intake.ClaimNumberAsync(entry, cancellation);
        await intake.ExplainNumberAsync(entry, cancellation);
        var letter = new ProblemLetter(number, "A message in the privacy mailbox cannot be taken in.",
            $"It arrived at {entry.ReceivedAt.UtcDateTime:HH:mm} UTC on {entry.ReceivedAt.UtcDateTime:d MMMM yyyy}. "
                + "Please open the mailbox and read it there: it may be a request whose time runs. We try again every hour.", null, "");
        await officer.SendAsync(number, "problem/intake", letters.Render(letter), isUrgent: false, cancellation);
    }
}
