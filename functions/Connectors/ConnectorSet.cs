using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors;

/// <summary>The connectors that this app has, by kind.</summary>
public sealed class ConnectorSet(IEnumerable<IConnector> connectors)
{
    private readonly Dictionary<string, IConnector> byKind = connectors.ToDictionary(
        connector => connector.Kind.Name, StringComparer.Ordinal);

    public IEnumerable<ConnectorKind> Kinds => byKind.Values.Select(connector => connector.Kind);

    /// <exception cref="CollectionException">There is no such kind, or its settings are not right.</exception>
    public IRecordSource Open(SystemOfRecord system) =>
        byKind.TryGetValue(system.Connector.Kind, out var connector)
            ? connector.Open(system)
            : throw new CollectionException(
                system.Key, $"There is no connector kind '{system.Connector.Kind}'.", "Correct the data map.", isTransient: false);
}
