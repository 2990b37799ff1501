using Microsoft.Azure.Functions.Worker;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Timers;

/// <summary>What a timer function was told, and when.</summary>
internal sealed class TimerRuns
{
    private readonly List<(TimerInfo Info, DateTimeOffset At)> all = [];

    public IReadOnlyList<(TimerInfo Info, DateTimeOffset At)> All
    {
        get
        {
            lock (all)
                return [.. all];
        }
    }

    /// <summary>Completes at the first run.</summary>
    public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="then">What the function does besides.</param>
    public void Watch(HostUnderTest host, string timer, Func<CancellationToken, Task>? then = null) =>
        host.Book.Timer(timer, async (info, cancellation) =>
    {
        lock (all)
            all.Add((info, host.IsStarted ? host.App.Clock.GetUtcNow() : HostUnderTest.Start));
        First.TrySetResult();
        if (then is not null)
            await then(cancellation);
    });
}
