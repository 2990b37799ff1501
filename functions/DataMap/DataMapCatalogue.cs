using System.Diagnostics.CodeAnalysis;

namespace Spectrum.PrivacyFlows.DataMap;

/// <summary>Every system of record that we know of, in the order of their keys.</summary>
public sealed class DataMapCatalogue
{
    private readonly Dictionary<string, SystemOfRecord> byKey;

    /// <exception cref="ArgumentException">Two systems have one key.</exception>
    public DataMapCatalogue(IEnumerable<SystemOfRecord> systems)
    {
        Systems = [.. systems.OrderBy(system => system.Key, StringComparer.Ordinal)];
        byKey = Systems.ToDictionary(system => system.Key, StringComparer.Ordinal);
    }

    public IReadOnlyList<SystemOfRecord> Systems { get; }

    /// <exception cref="KeyNotFoundException">No file describes it.</exception>
    public SystemOfRecord this[string key] =>
        TryFind(key, out var system)
            ? system
            : throw new KeyNotFoundException($"The data map has no system '{key}': a file DataMap/{key}.yaml would describe it.");

    public bool TryFind(string key, [NotNullWhen(true)] out SystemOfRecord? system) => byKey.TryGetValue(key, out system);
}
