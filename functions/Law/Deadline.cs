namespace Spectrum.PrivacyFlows.Law;

/// <param name="On">The last day to answer.</param>
/// <param name="IsBeyondKnownHolidays">The date lies past the bank holidays that we know, so the officer is warned.</param>
public readonly record struct Deadline(DateOnly On, bool IsBeyondKnownHolidays)
{
    /// <summary>
    /// T7: the date that reminders go by. A day before <see cref="On"/> where the clock was paused, as how paused days count
    /// is our own reading of the law.
    /// </summary>
    public DateOnly RemindAsIfDueOn { get; init; } = On;
}
