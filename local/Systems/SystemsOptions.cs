namespace LocalSystems;

/// <summary>What to make. The same options give the same bytes.</summary>
public sealed record SystemsOptions
{
    /// <summary>1 to 10,000. The first ones are always the same few, who resemble each other.</summary>
    public int People { get; init; } = 12;

    public int Seed { get; init; } = 1;

    /// <summary>Print jobs of the first person: 0 to 1,000,000.</summary>
    public int JobsForFirst { get; init; } = 120;

    /// <summary>Lines in the web server's logs, of everybody together: 0 to 10,000,000.</summary>
    public int Visits { get; init; } = 900;

    /// <summary>The day after the last day with data.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Where the print jobs go. Two sets in one storage account need names of their own.</summary>
    public string JobsContainer { get; init; } = "print-jobs";

    /// <summary>Where the web server's logs go.</summary>
    public string VisitsContainer { get; init; } = "web-access";

    /// <summary>Days with data.</summary>
    public const int Days = 30;

    public DateOnly Day(int index) => Until.AddDays(index - Days);

    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(People is >= 1 and <= 10_000, true, nameof(People));
        ArgumentOutOfRangeException.ThrowIfNotEqual(JobsForFirst is >= 0 and <= 1_000_000, true, nameof(JobsForFirst));
        ArgumentOutOfRangeException.ThrowIfNotEqual(Visits is >= 0 and <= 10_000_000, true, nameof(Visits));
    }
}
