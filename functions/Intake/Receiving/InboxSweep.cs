using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Graph.Models;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Letters;
using Spectrum.PrivacyFlows.Telemetry;

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
        await foreach (var page in inbox.ReadAsync(await state.FindLinkAsync(cancellation), cancellation))
        {
            foreach (var message in page.Messages)
                await NoteAsync(message, cancellation);
            await state.SaveLinkAsync(page.Link, cancellation);
        }
        foreach (var entry in await log.ReadOpenAsync(clock.GetUtcNow(), cancellation))
            await TryTakeAsync(entry, start, cancellation);
        await health.SweptAsync(cancellation);
    }

    private async Task NoteAsync(Message listed, CancellationToken cancellation)
    {
        // A change of a message that is known already may come with nothing but the change.
        var message = listed.InternetMessageId is null || listed.ReceivedDateTime is null
            ? await inbox.FindAsync(listed.Id!, cancellation)
            : listed;
        if (message is not null)
            await log.NoteAsync(Key(message), message.Id!, message.ReceivedDateTime ?? clock.GetUtcNow(), cancellation);
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
        var letter = new ProblemLetter(number, "A message in the privacy mailbox cannot be taken in.",
            $"It arrived at {entry.ReceivedAt.UtcDateTime:HH:mm} UTC on {entry.ReceivedAt.UtcDateTime:d MMMM yyyy}. "
                + "Please open the mailbox and read it there: it may be a request whose time runs. We try again every hour.", null, "");
        await officer.SendAsync(number, "problem/intake", letters.Render(letter), isUrgent: false, cancellation);
    }
}
