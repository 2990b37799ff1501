using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Steps.Watching;

/// <summary>Asks every system of the data map whether it answers.</summary>
public sealed class SystemCheck(DataMapCatalogue map, ConnectorSet connectors)
{
    /// <summary>A system that takes longer than this to say that it is there is as good as down.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>All at once, so it takes as long as the slowest, and no longer than <see cref="Patience"/>.</summary>
    public async Task<IReadOnlyList<SystemState>> CheckAsync(CancellationToken cancellation) =>
        await Task.WhenAll(map.Systems.Select(system => CheckAsync(system, cancellation)));

    private async Task<SystemState> CheckAsync(SystemOfRecord system, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            // A driver may ignore the token, and must not hold up the others.
            await Task.Run(() => connectors.Open(system).CheckAsync(patience.Token), cancellation).WaitAsync(Patience, cancellation);
            return new SystemState(system.Key, "");
        }
        catch (CollectionException failure)
        {
            return new SystemState(system.Key, failure.Message);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            return new SystemState(system.Key, failure is OperationCanceledException or TimeoutException ? $"It did not answer within {Patience.TotalSeconds} seconds." : failure.GetType().Name);
        }
    }
}

/// <param name="System">Its key in the data map.</param>
/// <param name="Problem">Empty where it answers; holds no secret and nothing of a person.</param>
public sealed record SystemState(string System, string Problem)
{
    public bool IsUp => Problem is "";
}
