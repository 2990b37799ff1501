using System.Text.Json;

namespace Spectrum.PrivacyFlows.Law;

/// <summary>
/// The bank holidays of England and Wales (T3): data, in the format of gov.uk/bank-holidays.json, so that a newer
/// copy of that file replaces ours.
/// </summary>
public sealed class BankHolidays
{
    private const string Division = "england-and-wales";
    private readonly HashSet<DateOnly> dates;

    /// <param name="dates">Every bank holiday, substitute days included, of each whole year that is known; at least one.</param>
    public BankHolidays(IEnumerable<DateOnly> dates)
    {
        this.dates = [.. dates];
        ArgumentOutOfRangeException.ThrowIfZero(this.dates.Count, nameof(dates));
        KnownFrom = new DateOnly(this.dates.Min().Year, 1, 1);
        KnownTo = new DateOnly(this.dates.Max().Year, 12, 31);
    }

    /// <summary>Those in bank-holidays.json beside this file.</summary>
    public static BankHolidays EnglandAndWales { get; } = Load();

    /// <summary>The first day of the first year that we know.</summary>
    public DateOnly KnownFrom { get; }

    /// <summary>The last day of the last year that we know.</summary>
    public DateOnly KnownTo { get; }

    public bool IsKnown(DateOnly date) => date >= KnownFrom && date <= KnownTo;

    public bool IsWorkingDay(DateOnly date) => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !dates.Contains(date);

    /// <summary>T3: the date itself where it is a working day, else the next one.</summary>
    public DateOnly Roll(DateOnly date)
    {
        while (!IsWorkingDay(date))
            date = date.AddDays(1);
        return date;
    }

    private static BankHolidays Load()
    {
        using var file = typeof(BankHolidays).Assembly.GetManifestResourceStream(typeof(BankHolidays), "bank-holidays.json")!;
        using var json = JsonDocument.Parse(file);
        var events = json.RootElement.GetProperty(Division).GetProperty("events").EnumerateArray();
        return new BankHolidays(events.Select(holiday => holiday.GetProperty("date").Deserialize<DateOnly>()));
    }
}
