namespace Spectrum.PrivacyFlows.Law;

/// <summary>
/// T6: the days from asking a person what they want to their answer, both counted in. Only for an access request, where the question
/// was reasonably required; a question about format never pauses (T8).
/// </summary>
public readonly record struct Pause
{
    /// <exception cref="ArgumentOutOfRangeException">The answer came before the question.</exception>
    public Pause(DateOnly askedOn, DateOnly answeredOn)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(answeredOn, askedOn);
        AskedOn = askedOn;
        AnsweredOn = answeredOn;
    }

    public DateOnly AskedOn { get; }

    public DateOnly AnsweredOn { get; }

    internal IEnumerable<DateOnly> Days()
    {
        for (var day = AskedOn; day <= AnsweredOn; day = day.AddDays(1))
            yield return day;
    }
}
