namespace LocalHost.Storage;

/// <summary>How long to wait before a storage that did not answer is asked again: longer each time, and never all at once.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <param name="tried">How often it was asked in vain, 1 or more.</param>
    public static TimeSpan After(int tried)
    {
        var wait = First * Math.Pow(2, Math.Min(tried, 10) - 1);
        return Jitter(wait < Longest ? wait : Longest);
    }

    /// <returns>Three quarters to five quarters of <paramref name="wait"/>.</returns>
    public static TimeSpan Jitter(TimeSpan wait) => wait * (0.75 + (Random.Shared.NextDouble() / 2));
}
