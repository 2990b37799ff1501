using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Connectors;

/// <summary>The settings <c>Systems__…</c> that the data map names, all of them there; the connectors read them.</summary>
/// <param name="Keys">As the data map has them.</param>
internal sealed record SystemConnections(IReadOnlyList<string> Keys)
{
    public static SystemConnections From(SettingsReader settings, DataMapCatalogue map)
    {
        foreach (var system in map.Systems)
            settings.RequireConnection(system.Connector.Connection, system.Key);
        return new SystemConnections([.. map.Systems.Select(system => system.Connector.Connection)]);
    }
}
