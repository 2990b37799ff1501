namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Failures;

/// <summary>Kills the app at random moments while it works for people, and starts it again at once.</summary>
internal sealed class Killer(AppProcess app)
{
    // The same moments each time, so that a failure can be looked at again.
    private readonly Random moments = new(20261123);

    public int Done { get; private set; }

    /// <summary>
    /// People act, and the app is killed <paramref name="times"/> times on its way to answering them. It works again when this returns.
    /// </summary>
    public async Task AmidAsync(int times, Func<Task> act, CancellationToken cancellation)
    {
        await act();
        for (var i = 0; i < times; i++)
        {
            await Task.Delay(moments.Next(0, 900), cancellation);
            await app.KillAsync();
            Done++;
            app.Launch();
            // From before it answers at all until it works: every moment of a start is a moment too.
            await Task.Delay(moments.Next(500, 2500), cancellation);
        }
        await app.WaitUntilHealthyAsync(cancellation);
    }
}
