using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Rights.Disclosure;
using Spectrum.PrivacyFlows.Templates;

namespace Spectrum.PrivacyFlows.Officer.Deciding;

/// <summary>What the officer reads before deciding, in the letter and on the page alike.</summary>
public sealed class ReviewSummary(
    CaseAnswers answers, DecisionLinks links, RequestText texts, DataMapCatalogue map, DeadlineCalculator deadlines, TimeProvider clock)
{
    /// <summary>Who can help where a system failed; where it is not known which, whoever reads this app's log.</summary>
    private static string Helper(SystemOfRecord? system) => system is null
        ? "Your IT people: the log of this app names the system, under the case’s number"
        : $"{system.Owner.Name}, {system.Owner.Email}";

    public async Task<ReviewLetter> LetterAsync(Case found, Round round, int? daysBefore, CancellationToken cancellation)
    {
        Task<Uri> Link(LinkPurpose purpose) => links.CreateAsync(found, round, purpose, cancellation);
        return new ReviewLetter(found.Id, found.From, found.Name, await VerifiedAsync(found, cancellation), found.DueOn!.Value,
            found.DaysLeft(clock.GetUtcNow()), found.Rights,
            Findings(round), round.BundleSha256, round.BundleBytes,
            round.IsComplete ? await Link(LinkPurpose.Approve) : null, await Link(LinkPurpose.Refuse),
            await links.CreateDecideLaterAsync(found, round, daysBefore, cancellation), await Link(LinkPurpose.CollectAgain),
            OfficerMail.ReminderWords(daysBefore), daysBefore <= 0, await texts.ExcerptAsync(found, cancellation),
            Warnings(found, round));
    }

    /// <summary>What the person asked for, in their own words.</summary>
    public Task<RequestWords> WordsAsync(Case found, CancellationToken cancellation) => texts.WordsAsync(found, cancellation);

    /// <summary>How the person's identity was verified, in one line.</summary>
    public async Task<string> VerifiedAsync(Case found, CancellationToken cancellation)
    {
        var answer = await answers.FindAsync(found.Id, Question.Identity, cancellation);
        var control = answer?.Choice == "yes"
            ? $"Confirmed from their mailbox on {DeadlineCalculator.LondonDate(answer.At):d MMMM yyyy}"
            : "Not confirmed";
        return $"{control}; {SenderWords.For(found)}";
    }

    public IReadOnlyList<SystemFinding> Findings(Round round) =>
        [.. round.Systems.Select(outcome =>
        {
            var system = map.Systems.FirstOrDefault(s => s.Key == outcome.System);
            return new SystemFinding(
                system?.Name ?? outcome.System,
                outcome.Records,
                outcome.Problem,
                outcome.WhatToDo,
                Helper(system ?? map.Systems.FirstOrDefault(s => outcome.Problem.StartsWith(s.Key + ":", StringComparison.Ordinal))));
        })];

    private string NameOf(SystemOutcome outcome) => map.Systems.FirstOrDefault(s => s.Key == outcome.System)?.Name ?? outcome.System;

    /// <summary>What a human should know of a system's answer although it is whole; null where nothing.</summary>
    private static string? Oddity(string system, SystemOutcome outcome)
    {
        List<string> said = [];
        if (outcome.Malformed > 0)
            said.Add($"{Count(outcome.Malformed, "value")} of {system} {(outcome.Malformed == 1 ? "is" : "are")} not of the kind that was "
                + "expected, as a date that is none. They go out as the system holds them, and the bundle says where.");
        List<string> near = [];
        if (outcome.NearByTag > 0)
            near.Add($"{Count(outcome.NearByTag, "record")} under an address with another tag or none (the part behind a plus sign)");
        if (outcome.NearByLetter > 0)
            near.Add($"{Count(outcome.NearByLetter, "record")} under an address that differs in one letter");
        if (near.Count > 0)
            said.Add($"{system} also holds {string.Join(" and ", near)}. They were not taken: they may be somebody else’s. If you know that "
                + "they are this person’s, ask them to write from that address too.");
        return said.Count > 0 ? string.Join(" ", said) : null;
    }

    private static string Count(long number, string what) => number == 1 ? $"1 {what}" : $"{PlainWords.Count(number)} {what}s";

    private List<string> Warnings(Case found, Round round)
    {
        var warnings = new List<string>();
        if (!round.IsComplete && round.Systems.All(s => s.Problem is ""))
            warnings.Add(round.Problem);
        if (round.IsComplete && round.Systems.All(s => s.Records == 0))
            warnings.Add("Nothing was found in any system. If you know of more, collect again or refuse with reasons.");
        warnings.AddRange(round.Systems.Select(outcome => Oddity(NameOf(outcome), outcome)).OfType<string>());
        if (deadlines.Due(DeadlineCalculator.LondonDate(found.ReceivedAt)).IsBeyondKnownHolidays)
            warnings.Add("The due date lies past the bank holidays that we know; check it by hand.");
        return warnings;
    }
}
