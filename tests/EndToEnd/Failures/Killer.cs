using LocalDemo;
using Spectrum.PrivacyFlows.Mail;

namespace Spectrum.PrivacyFlows.Tests.EndToEnd.Failures;

/// <summary>Kills the app at random moments while people wait for their letters, and starts it again at once.</summary>
internal sealed class Killer(AppProcess app, int kills)
{
    // The same moments each time, so that a failure can be looked at again.
    private readonly Random moments = new(20261123);

    public int Done { get; private set; }

    /// <summary>
    /// Somebody acts, the app is killed up to <paramref name="times"/> times on its way to answering, and the answer arrives all the same.
    /// </summary>
    public async Task<ReceivedMail> AmidAsync(int times, Func<Task> act, Func<Task<ReceivedMail>> answer, CancellationToken cancellation)
    {
        await act();
        for (var i = 0; i < times && Done < kills; i++)
        {
            await Task.Delay(moments.Next(0, 900), cancellation);
            await app.KillAsync();
            Done++;
            app.Launch();
            // From before it answers at all until it works: every moment of a start is a moment too.
            await Task.Delay(moments.Next(500, 2500), cancellation);
        }
        await app.WaitUntilHealthyAsync(cancellation);
        return await answer();
    }
}
