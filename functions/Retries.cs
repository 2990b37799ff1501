namespace Spectrum.PrivacyFlows;

/// <summary>
/// How often a step is tried again, and how long it waits between. What still fails then is shown to the officer (see Watching).
/// </summary>
internal static class Retries
{
    /// <summary>Storage of our own: 8 tries within about ten minutes.</summary>
    public static TaskOptions Storage =>
        TaskOptions.FromRetryPolicy(new RetryPolicy(8, TimeSpan.FromSeconds(2), 2.5, TimeSpan.FromMinutes(5)));

    /// <summary>Mail: 30 tries over about a day, since a mailbox may be away for a night.</summary>
    public static TaskOptions Mail => TaskOptions.FromRetryPolicy(new RetryPolicy(30, TimeSpan.FromSeconds(5), 2, TimeSpan.FromHours(1)));

    /// <summary>
    /// A system of record: 5 tries over almost seven minutes, so that one that restarts needs nobody; then the officer hears its name.
    /// </summary>
    public static TaskOptions System =>
        TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(10), 3, TimeSpan.FromMinutes(5)));

    /// <summary>As it was: 5 tries within about four minutes. Cases that began to collect by it go on by it.</summary>
    public static TaskOptions SystemAsItWas =>
        TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(5), 3, TimeSpan.FromMinutes(5)));
}
