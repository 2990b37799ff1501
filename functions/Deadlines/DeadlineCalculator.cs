namespace Spectrum.PrivacyFlows.Deadlines;

/// <summary>When an answer is due (law.md T1 to T5, T7). Dates are dates in London.</summary>
public sealed class DeadlineCalculator
{
    /// <summary>T3: the end of the same date in the next month, rolled past weekends and bank holidays.</summary>
    public Deadline Due(DateOnly start) => throw new NotImplementedException();

    /// <summary>The date in London (T2) of a moment.</summary>
    public static DateOnly LondonDate(DateTimeOffset moment) => throw new NotImplementedException();

    /// <summary>The moment at which a date in London begins.</summary>
    public static DateTimeOffset StartOfLondonDay(DateOnly date) => throw new NotImplementedException();
}

/// <param name="On">The last day to answer.</param>
/// <param name="IsBeyondKnownHolidays">The date lies past the bank holidays that we know, so the officer is warned.</param>
public readonly record struct Deadline(DateOnly On, bool IsBeyondKnownHolidays);
