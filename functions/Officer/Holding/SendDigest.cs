using System.Globalization;
using Spectrum.PrivacyFlows.Budgets;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Intake.Holding;
using Spectrum.PrivacyFlows.Intake.Messages;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Mail;
using Spectrum.PrivacyFlows.Mail.Floods;
using Spectrum.PrivacyFlows.Mail.Letters;

namespace Spectrum.PrivacyFlows.Officer.Holding;

/// <summary>
/// Each morning tells the officer, in one letter, what waits for them and what was filed without a letter; where there is neither, none
/// goes out. What waits is told every day until it is decided on.
/// </summary>
public sealed class SendDigest(
    HeldMail held, CaseLinks links, LetterRenderer letters, OfficerMail officer, MailUpkeep upkeep, TimeProvider clock)
{
    private const int Groups = 20;
    private const int Cases = 50;

    /// <summary>When it goes out, in UTC, as the timer has it.</summary>
    private static readonly TimeSpan Time = new(6, 5, 0);

    /// <summary>How long a digest's link works; a newer digest has a newer one.</summary>
    private const int LinkDays = 30;

    [Function(nameof(SendDailyDigest))]
    public async Task SendDailyDigest([TimerTrigger("0 5 6 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await upkeep.ForgetAsync(cancellation);
        var today = DeadlineCalculator.LondonDate(clock.GetUtcNow());
        var key = string.Create(CultureInfo.InvariantCulture, $"digest/{today:yyyy-MM-dd}");
        var waiting = await held.ReadAsync(cancellation).Take(HeldEndpoint.MostRead).ToListAsync(cancellation);
        // A run that comes again on the same day tells of the same, and forgets no more than it told of.
        var filed = await held.ReadFiledAsync(cancellation).Where(mail => mail.Timestamp < Midnight(today).Add(Time))
            .Take(HeldEndpoint.MostRead).ToListAsync(cancellation);
        if (waiting.Count + filed.Count == 0)
            return;
        var link = waiting.Count == 0 ? null : await links.CreateAsync(
            CaseId.OfTheSystem, LinkPurpose.Held, key, Midnight(today).AddDays(LinkDays), cancellation);
        await officer.SendAsync(CaseId.OfTheSystem, key, letters.Render(Letter(waiting, filed, link)), isUrgent: false, cancellation);
        await held.ForgetFiledAsync(filed, cancellation);
    }

    private static DigestLetter Letter(List<IntakeEntry> waiting, List<IntakeEntry> filed, Uri? link)
    {
        var groups = HeldGroup.Of(waiting).Select(found => found.Group).ToList();
        var cases = filed.GroupBy(mail => mail.Outcome!).OrderBy(mails => mails.Key, StringComparer.Ordinal).Take(Cases);
        return new DigestLetter(
            [.. groups.Take(Groups)], Math.Max(0, groups.Count - Groups), waiting.Count,
            [.. cases.Select(mails => new FiledMail(CaseId.Parse(mails.Key), mails.Count()))], link);
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
