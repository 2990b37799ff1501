using Microsoft.Extensions.DependencyInjection;
using Spectrum.PrivacyFlows.Connectors.BlobLog;
using Spectrum.PrivacyFlows.Connectors.Sql;
using Spectrum.PrivacyFlows.DataMap.Loading;
using Spectrum.PrivacyFlows.Identities;

namespace Spectrum.PrivacyFlows.Connectors;

/// <summary>Composition of the connectors and the data map that they read by.</summary>
public static class ConnectorServices
{
    /// <summary>
    /// Adds <see cref="Collector"/>, <see cref="PersonFinder"/> and the <see cref="DataMap.DataMapCatalogue"/> of <paramref name="folder"/>,
    /// which is read at once, so that a mistake in it stops the app at its start.
    /// </summary>
    /// <exception cref="DataMapException">The data map has mistakes.</exception>
    public static IServiceCollection AddConnectors(this IServiceCollection services, string? folder = null)
    {
        var catalogue = new DataMapLoader([SqlConnector.Rules, BlobLogConnector.Rules]).Load(folder ?? Path.Combine(AppContext.BaseDirectory, "DataMap"));
        return services
            .AddSingleton(catalogue)
            .AddSingleton<IConnector, SqlConnector>()
            .AddSingleton<IConnector, BlobLogConnector>()
            .AddSingleton<ConnectorSet>()
            .AddSingleton<Collector>()
            .AddSingleton<PersonFinder>();
    }
}
