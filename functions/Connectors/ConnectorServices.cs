using Microsoft.Extensions.DependencyInjection;
using Spectrum.PrivacyFlows.Connectors.BlobLog;
using Spectrum.PrivacyFlows.Connectors.Sql;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.DataMap.Loading;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Connectors;

/// <summary>Composition of the connectors and the data map that they read by.</summary>
public static class ConnectorServices
{
    /// <summary>Reads the data map by the rules of the connectors that there are.</summary>
    /// <exception cref="DataMapException">It has mistakes; the app does not start with them.</exception>
    public static DataMapCatalogue ReadDataMap(string? folder = null) =>
        new DataMapLoader([SqlConnector.Rules, BlobLogConnector.Rules]).Load(folder ?? Path.Combine(AppContext.BaseDirectory, "DataMap"));

    /// <summary>Adds the connectors; they need the settings of their systems and <see cref="AppIdentity"/>.</summary>
    public static IServiceCollection AddConnectors(this IServiceCollection services, DataMapCatalogue catalogue) =>
        services
            .AddSingleton(catalogue)
            .AddSingleton<IConnector, SqlConnector>()
            .AddSingleton<IConnector, BlobLogConnector>()
            .AddSingleton<ConnectorSet>();
}
