using Microsoft.Graph.Models;
using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Archive;
using Spectrum.PrivacyFlows.Intake.Carried;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Intake.Replies;
using Spectrum.PrivacyFlows.Intake.Understanding;
using Spectrum.PrivacyFlows.Intake.Words;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Floods;
using EmailAddress = Spectrum.PrivacyFlows.Cases.EmailAddress;

namespace Spectrum.PrivacyFlows.Intake.Holding;

/// <summary>
/// Decides what a message becomes: a case, a part of a case that is there, or one that waits for the officer. What the officer released
/// passes everything but the want of a sender.
/// </summary>
internal sealed class Admission(
    Correspondence correspondence, DeliveryReports reports, CaseStore cases, Senders senders, MailBudgets budgets, MimeArchive archive,
    CarriedRequests carried, MailSettings settings)
{
    public async Task<Admitted> DecideAsync(
        IntakeEntry entry, Message message, EmailAddress? from, CancellationToken cancellation)
    {
        var release = Enum.TryParse<Release>(entry.Release, out var chosen) ? chosen : (Release?)null;
        // Here the sender is whom the officer named, who may be anybody's customer; the message's own is of no account.
        if (release == Release.Behalf && EmailAddress.TryParse(entry.About, out var person))
            return await DecideReleasedAsync(entry, message, person, Release.Behalf, cancellation);
        var reason = MailTriage.WhyHeld(message.InternetMessageHeaders ?? [], from, settings.Address);
        if (from is null)
            return Admitted.AsCarried(new(reason!.Value, null, null, !await AsksNothingAsync(entry, message, cancellation)));
        if (from.Equals(settings.Address))
            return await carried.FindAsync(entry, message, from, reason, cancellation) is { } form
                ? Admitted.AsCarried(form) : Admitted.AsHeld(reason!.Value);
        if (release is not null)
            return await DecideReleasedAsync(entry, message, from, release.Value, cancellation);
        // A number that was drawn binds: what was begun is not held half way.
        if (entry.CaseNumber is not null)
            return reason is null ? Admitted.AsCase : Admitted.AsHeld(reason.Value);
        return await DecideAsync(entry, message, from, reason, cancellation);
    }

    private async Task<Admitted> DecideReleasedAsync(
        IntakeEntry entry, Message message, EmailAddress from, Release release, CancellationToken cancellation)
    {
        if (entry.CaseNumber is not null)
            return Admitted.AsCase;
        var thread = release == Release.Behalf ? null : await correspondence.FindThreadAsync(message, from, cancellation);
        var found = thread is { IsOver: false } ? thread.Case : await FindOpenCaseAsync(from, cancellation);
        return found is not null && (release == Release.Join || IsUnconfirmed(found)) ? Admitted.AsPartOf(found, tells: false)
            : Admitted.AsCase;
    }

    private async Task<Admitted> DecideAsync(
        IntakeEntry entry, Message message, EmailAddress from, HoldReason? reason, CancellationToken cancellation)
    {
        if (reason == HoldReason.DeliveryReport && await reports.FindAsync(entry, cancellation) is { } report)
            return Admitted.AsReport(report);
        // An out-of-office note in a case's thread belongs to the case, and nobody needs a letter about it.
        if (reason is null or HoldReason.AutomaticReply
            && await correspondence.FindThreadAsync(message, from, cancellation) is { } thread
            && (!thread.IsOver || await SaysNothingNewAsync(entry, cancellation)))
            return await AsPartOfAsync(thread.Case, from, reason is null, thread.AnswersLetter && reason is null, cancellation);
        if (entry.IsJunk)
            return await AsksNothingAsync(entry, message, cancellation)
                ? Admitted.AsHeld(HoldReason.Junk)
                : Admitted.AsCarried(new(HoldReason.RequestInJunk, null, null, IsUrgent: true));
        if (await carried.FindAsync(entry, message, from, reason, cancellation) is { } brought)
            return Admitted.AsCarried(brought);
        if (reason == HoldReason.UnusualSender)
            return Admitted.AsCarried(new(reason.Value, null, null, !await AsksNothingAsync(entry, message, cancellation)));
        if (reason is not null)
            return Admitted.AsHeld(reason.Value);
        if (await senders.IsEchoAsync(from, entry.Key, entry.ReceivedAt, cancellation))
            return Admitted.AsHeld(HoldReason.Loop);
        if (await FindOpenCaseAsync(from, cancellation) is { } open && IsUnconfirmed(open))
            return await AsPartOfAsync(open, from, tells: open.Rights.Count == 0, answersLetter: false, cancellation);
        if (await budgets.IsSortingSpentAsync(cancellation) && await IsUnrecognisedAsync(entry, message, cancellation))
            return Admitted.AsHeld(HoldReason.SortingBudget);
        return await budgets.TryTakeCaseAsync(from, cancellation) is { } spent ? Admitted.AsHeld(ReasonOf(spent)) : Admitted.AsCase;
    }

    private async Task<Admitted> AsPartOfAsync(
        Case found, EmailAddress from, bool tells, bool answersLetter, CancellationToken cancellation) =>
        correspondence.IsOfficer(from) || await budgets.TryTakeMailAsync(from, cancellation)
            ? Admitted.AsPartOf(found, tells, answersLetter)
            : Admitted.AsHeld(HoldReason.SenderBudget);

    /// <summary>The sender's newest case, while it is open.</summary>
    private async Task<Case?> FindOpenCaseAsync(EmailAddress from, CancellationToken cancellation) =>
        await senders.FindCaseAsync(from, cancellation) is { } id
            && await cases.FindAsync(id, cancellation) is { State: not CaseState.Closed } found && found.From.Equals(from)
            ? found
            : null;

    private static bool IsUnconfirmed(Case found) => found.State <= CaseState.AwaitingIdentity;

    private async Task<bool> IsUnrecognisedAsync(IntakeEntry entry, Message message, CancellationToken cancellation) =>
        Reading.Of(MailIntake.SubjectOf(message), await WordsAsync(entry, cancellation)).Rights.Count == 0;

    private async Task<bool> AsksNothingAsync(IntakeEntry entry, Message message, CancellationToken cancellation) =>
        Reading.Of(MailIntake.SubjectOf(message), await WordsAsync(entry, cancellation)).Rules.Count == 0;

    /// <summary>Thanks for a case that is over. Anything else may be a new wish.</summary>
    private async Task<bool> SaysNothingNewAsync(IntakeEntry entry, CancellationToken cancellation) =>
        await WordsAsync(entry, cancellation) is var words && ReplyWords.Thank(words.Own) && Reading.Of("", words).Rules.Count == 0;

    private async Task<MailWords> WordsAsync(IntakeEntry entry, CancellationToken cancellation) =>
        RequestText.Read(await archive.ReadBeginningAsync(entry.MessageId, RequestText.MaxBytesRead, cancellation)).Words;

    private static HoldReason ReasonOf(Budget spent) => spent switch
    {
        Budget.Sender => HoldReason.SenderBudget,
        Budget.Domain => HoldReason.DomainBudget,
        _ => HoldReason.OverallBudget,
    };
}

/// <summary>What a message becomes: where all is null, a case of its own.</summary>
/// <param name="PartOf">The case that it is filed with.</param>
/// <param name="Tells">Whether the officer gets a letter about it, unless today's was sent.</param>
/// <param name="Held">Why it waits for the officer.</param>
internal sealed record Admitted(Case? PartOf, bool Tells, HoldReason? Held)
{
    public static readonly Admitted AsCase = new(null, Tells: false, null);

    /// <summary>What is known of a held one beyond its reason.</summary>
    public CarriedRequest? Carried { get; private init; }

    /// <summary>It answers a letter that only the person got.</summary>
    public bool AnswersLetter { get; private init; }

    /// <summary>The letter of ours on which it reports.</summary>
    public ReportedLetter? Report { get; private init; }

    public static Admitted AsPartOf(Case found, bool tells, bool answersLetter = false) =>
        new(found, tells, null) { AnswersLetter = answersLetter };

    public static Admitted AsReport(ReportedLetter report) => new(null, Tells: false, null) { Report = report };

    public static Admitted AsCarried(CarriedRequest carried) => new(null, Tells: false, carried.Reason) { Carried = carried };

    public static Admitted AsHeld(HoldReason reason) => new(null, Tells: false, reason);
}
