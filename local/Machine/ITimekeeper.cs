namespace LocalMachine;

/// <summary>
/// Something whose work becomes due as the clock moves (durable timers, timer triggers). <see cref="LocalClock"/> stops at
/// each due moment on its way and lets it do that work, so that a month that passes in milliseconds passes in order.
/// </summary>
public interface ITimekeeper
{
    /// <summary>When the next work is due by the clock, or null. May lie in the past.</summary>
    DateTimeOffset? NextDue { get; }

    /// <summary>
    /// Starts what is due now and waits until nothing is left to do without more time: no orchestration or activity runs or waits to run.
    /// </summary>
    Task SettleAsync(CancellationToken cancellation);
}
