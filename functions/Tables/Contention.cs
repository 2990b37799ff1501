using Azure;

namespace Spectrum.PrivacyFlows.Tables;

/// <summary>Optimistic concurrency: read, decide, write only if nobody wrote since, and begin again if somebody did.</summary>
internal static class Contention
{
    private const int Attempts = 50;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(400);

    /// <param name="attempt">Reads afresh each time, and lets the storage's refusal (409 or 412) through.</param>
    /// <exception cref="RequestFailedException">
    /// Somebody else was faster 50 times (some 10 seconds), or the storage failed otherwise.
    /// </exception>
    public static async Task<T> RetryAsync<T>(Func<Task<T>> attempt, CancellationToken cancellation)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await attempt();
            }
            catch (RequestFailedException lost) when (IsLost(lost) && tried < Attempts)
            {
                await Task.Delay(Jitter(tried), cancellation); // The storage's own time, not the app's: a moved clock must not move it.
            }
        }
    }

    /// <summary>Somebody else inserted (409) or changed (412) the row first.</summary>
    public static bool IsLost(RequestFailedException refusal) => refusal.Status is 409 or 412;

    private static TimeSpan Jitter(int tried)
    {
        var longest = FirstDelay * Math.Pow(2, Math.Min(tried, 10));
        return Random.Shared.NextDouble() * (longest < LongestDelay ? longest : LongestDelay);
    }
}
