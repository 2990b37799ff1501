using NodaTime;
using NodaTime.Extensions;

namespace Spectrum.PrivacyFlows.Law;

/// <summary>When an answer is due (law.md T1 to T7, T9, T11). Dates are dates in London.</summary>
public sealed class DeadlineCalculator(BankHolidays holidays)
{
    // NodaTime, as it brings its own time zone data: the same dates on any host, whatever that has installed.
    private static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    private static readonly LocalTime ReminderTime = new(9, 0);
    private static readonly int[] ReminderDays = [14, 7, 3, 1, 0];

    public DeadlineCalculator()
        : this(BankHolidays.EnglandAndWales)
    {
    }

    /// <summary>T1, T9: the period starts at the latest of receipt and the arrival of what was asked for; null where nothing was.</summary>
    public static DateOnly Start(
        DateOnly receivedOn, DateOnly? identityArrivedOn = null, DateOnly? feePaidOn = null, DateOnly? authorityArrivedOn = null) =>
        new[] { receivedOn, identityArrivedOn ?? receivedOn, feePaidOn ?? receivedOn, authorityArrivedOn ?? receivedOn }.Max();

    /// <summary>T3: the end of the same date in the next month, rolled past weekends and bank holidays.</summary>
    public Deadline Due(DateOnly start) => Due(start, []);

    /// <summary>T7: the unrolled due date, later by each distinct day that was paused, then rolled.</summary>
    /// <param name="start">Paused days before it do not count: nothing ran that could be paused.</param>
    /// <param name="pauses">In any order; they may overlap.</param>
    public Deadline Due(DateOnly start, IReadOnlyCollection<Pause> pauses) => DueAfter(1, start, pauses);

    /// <summary>
    /// T5: three months from the start in all. Valid only where the notice went out in time: see
    /// <see cref="NoticeOfExtensionBy(DateOnly)"/>.
    /// </summary>
    public Deadline ExtendedDue(DateOnly start) => ExtendedDue(start, []);

    /// <inheritdoc cref="ExtendedDue(DateOnly)"/>
    public Deadline ExtendedDue(DateOnly start, IReadOnlyCollection<Pause> pauses) => DueAfter(3, start, pauses);

    /// <summary>
    /// T5: the last day to tell the person of an extension, with the reasons. Month one's own last day, not rolled,
    /// which is the cautious reading.
    /// </summary>
    public static DateOnly NoticeOfExtensionBy(DateOnly start) => NoticeOfExtensionBy(start, []);

    /// <summary>T5, T6: the same, later by each paused day.</summary>
    public static DateOnly NoticeOfExtensionBy(DateOnly start, IReadOnlyCollection<Pause> pauses) => Unrolled(1, start, pauses);

    /// <summary>T11: the last day to acknowledge a complaint: 30 days, of which the day after receipt is the first, rolled.</summary>
    public Deadline AcknowledgeComplaintBy(DateOnly receivedOn) => Rolled(receivedOn.AddDays(30));

    /// <summary>Days from today to the due date: 0 on the day itself, negative when it has passed.</summary>
    public static int DaysLeft(DateOnly today, DateOnly due) => due.DayNumber - today.DayNumber;

    /// <summary>The moments at which the officer is reminded, in order. No clock, so that an orchestration may ask.</summary>
    public static IReadOnlyList<Reminder> RemindersBefore(DateOnly due) =>
        [.. ReminderDays.Select(days => new Reminder(Morning(due.AddDays(-days)), days))];

    /// <summary>Those of the reminders that are still ahead of a moment.</summary>
    public static IReadOnlyList<Reminder> RemindersBefore(DateOnly due, DateTimeOffset now) =>
        [.. RemindersBefore(due).Where(reminder => reminder.At > now)];

    /// <summary>What a clock in London shows at a moment.</summary>
    public static DateTime InLondon(DateTimeOffset moment) => moment.ToInstant().InZone(London).LocalDateTime.ToDateTimeUnspecified();

    /// <summary>The date in London (T2) of a moment.</summary>
    public static DateOnly LondonDate(DateTimeOffset moment) => DateOnly.FromDateTime(InLondon(moment));

    /// <summary>The moment at which a date in London begins.</summary>
    public static DateTimeOffset StartOfLondonDay(DateOnly date) => London.AtStartOfDay(date.ToLocalDate()).ToDateTimeOffset();

    private static DateTimeOffset Morning(DateOnly date) => (date.ToLocalDate() + ReminderTime).InZoneLeniently(London).ToDateTimeOffset();

    // AddMonths gives the last day of a shorter month, which is what T3 asks for.
    private static DateOnly Unrolled(int months, DateOnly start, IReadOnlyCollection<Pause> pauses) =>
        start.AddMonths(months).AddDays(pauses.SelectMany(pause => pause.Days()).Distinct().Count(day => day >= start));

    private Deadline DueAfter(int months, DateOnly start, IReadOnlyCollection<Pause> pauses)
    {
        var due = Rolled(Unrolled(months, start, pauses));
        return pauses.Count == 0 ? due : due with { RemindAsIfDueOn = due.On.AddDays(-1) };
    }

    private Deadline Rolled(DateOnly date)
    {
        var on = holidays.Roll(date);
        return new Deadline(on, !holidays.IsKnown(on));
    }
}
