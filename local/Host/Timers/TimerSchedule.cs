using System.Globalization;
using Cronos;

namespace LocalHost.Timers;

/// <summary>When a timer function is due: six-field NCRONTAB (five fields mean second 0) in UTC, or a fixed interval.</summary>
internal sealed class TimerSchedule
{
    private readonly CronExpression? cron;
    private readonly TimeSpan interval;

    private TimerSchedule(CronExpression? cron, TimeSpan interval)
    {
        this.cron = cron;
        this.interval = interval;
    }

    /// <exception cref="FormatException"><paramref name="text"/> is neither; the message says why.</exception>
    public static TimerSchedule Parse(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval))
            return interval > TimeSpan.Zero
                ? new TimerSchedule(null, interval)
                : throw new FormatException("the interval must be longer than zero");
        try
        {
            var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length;
            return new TimerSchedule(CronExpression.Parse(text, fields == 5 ? CronFormat.Standard : CronFormat.IncludeSeconds), default);
        }
        catch (CronFormatException fault)
        {
            throw new FormatException(fault.Message, fault);
        }
    }

    /// <summary>The first occurrence after <paramref name="moment"/>, or null where there is none (30 February).</summary>
    public DateTimeOffset? Next(DateTimeOffset moment) =>
        cron is null
            ? moment + interval
            : cron.GetNextOccurrence(moment.UtcDateTime) is { } next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
}
