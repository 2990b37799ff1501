using LocalMachine;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Machine;

/// <summary>A timekeeper with things to do at given moments, which notes when it did them and when it was asked.</summary>
internal sealed class Keeper(LocalClock clock, params DateTimeOffset[] due) : ITimekeeper
{
    private readonly SortedSet<DateTimeOffset> waiting = [.. due];

    public List<DateTimeOffset> Done { get; } = [];

    public List<DateTimeOffset> Seen { get; } = [];

    public Action<DateTimeOffset> OnDone { get; set; } = _ => { };

    public DateTimeOffset? NextDue => waiting.Count > 0 ? waiting.Min : null;

    public void Add(DateTimeOffset moment) => waiting.Add(moment);

    public Task SettleAsync(CancellationToken cancellation)
    {
        Seen.Add(clock.GetUtcNow());
        while (NextDue is { } moment && moment <= clock.GetUtcNow())
        {
            waiting.Remove(moment);
            Done.Add(moment);
            OnDone(moment);
        }
        return Task.CompletedTask;
    }
}
