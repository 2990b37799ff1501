using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.Connectors.BlobLog;
using Spectrum.PrivacyFlows.Connectors.Sql;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.DataMap.Loading;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Tests.Connectors;

internal static class TestConnectors
{
    public static ConnectorSet Over(IConfiguration configuration) =>
        new([
            new SqlConnector(configuration),
            new BlobLogConnector(configuration, new AppIdentity(ClientId: null), NullLogger<BlobLogConnector>.Instance),
        ]);
}

/// <summary>The data map that goes out with the app.</summary>
internal static class ShippedDataMap
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "DataMap");

    public static DataMapCatalogue Load() => new DataMapLoader([SqlConnector.Rules, BlobLogConnector.Rules]).Load(Folder);
}
