using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Connectors;

/// <summary>Opens systems of record of one technology. It is stateless, and one of a kind serves all systems of that kind.</summary>
public interface IConnector
{
    /// <summary>Its name and what the data map may say, so that mistakes are found at start.</summary>
    ConnectorKind Kind { get; }

    /// <summary>Makes ready to read; connects at the first export.</summary>
    /// <exception cref="CollectionException">The setting that holds the connection is missing or makes no sense.</exception>
    IRecordSource Open(SystemOfRecord system);
}
