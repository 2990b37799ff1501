using NodaTime;
using NodaTime.Extensions;

namespace Spectrum.PrivacyFlows.Law;

/// <summary>
/// The clock and calendar that the law's dates are in (T2). Deadlines and letters both ask here, so that a letter never names another
/// day than the one that counts.
/// </summary>
public static class LondonTime
{
    // NodaTime, as it brings its own time zone data: the same dates on any host, whatever that has installed.
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/London"];

    /// <summary>What clock and calendar show at a moment. In the hour that each October has twice, two moments show the same.</summary>
    /// <returns>Of <see cref="DateTimeKind.Unspecified"/>: for words, not for reckoning.</returns>
    public static DateTime Shown(DateTimeOffset moment) => Local(moment).ToDateTimeUnspecified();

    /// <summary>The date of a moment.</summary>
    public static DateOnly DateOf(DateTimeOffset moment) => Local(moment).Date.ToDateOnly();

    /// <summary>The moment at which a date begins.</summary>
    public static DateTimeOffset StartOf(DateOnly date) => Zone.AtStartOfDay(date.ToLocalDate()).ToDateTimeOffset();

    /// <summary>When the clock shows a time on a date: where that is skipped, as much later; where it comes twice, the first.</summary>
    public static DateTimeOffset At(DateOnly date, TimeOnly time) =>
        (date.ToLocalDate() + time.ToLocalTime()).InZoneLeniently(Zone).ToDateTimeOffset();

    private static LocalDateTime Local(DateTimeOffset moment) => moment.ToInstant().InZone(Zone).LocalDateTime;
}
