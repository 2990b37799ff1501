using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Spectrum.PrivacyFlows.Connectors.Lines;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Connectors.BlobLog;

/// <summary>
/// Reads logs that lie in Blob storage, many blobs a table. The README beside it says what the data map and the settings hold.
/// </summary>
public sealed class BlobLogConnector(IConfiguration configuration, AppIdentity identity, ILogger<BlobLogConnector> logger) : IConnector
{
    public static ConnectorKind Rules { get; } = new(
        "BlobLog",
        [
            new OptionRule(
                "container",
                "The container that the blobs lie in; the setting {connection}:Container, where there is one, goes before it.",
                IsRequired: true,
                []),
        ],
        [
            new OptionRule("format", "How a line is written.", IsRequired: true, [JsonLinesFormat.Name, CombinedFormat.Name]),
            new OptionRule(
                "prefix",
                "What the names of this table's blobs begin with; without it, all blobs of the container are read.",
                IsRequired: false,
                []),
            new OptionRule(
                "encoding",
                "What blobs without a byte order mark are written in; without it, UTF-8.",
                IsRequired: false,
                LogText.Names),
        ])
    {
        FieldsOf = options => options.GetValueOrDefault("format") == CombinedFormat.Name ? CombinedFormat.FieldNames : null,
    };

    public ConnectorKind Kind => Rules;

    public IRecordSource Open(SystemOfRecord system)
    {
        var setting = system.Connector.Connection;
        var connection = configuration[setting];
        if (string.IsNullOrWhiteSpace(connection))
            throw new CollectionException(
                system.Key,
                $"The setting {setting} is missing.",
                "Set it to the storage account's address (https://…) or a connection string.",
                isTransient: false);
        try
        {
            var container = configuration[$"{setting}:Container"] ?? system.Connector.Options["container"];
            return new BlobLogSource(system, Connect(connection).GetBlobContainerClient(container), logger);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw new CollectionException(
                system.Key,
                $"The setting {setting} is neither a storage account's address nor a connection string ({wrong.GetType().Name}).",
                "Correct it.",
                isTransient: false);
        }
    }

    /// <summary>By its address with the app's own identity, as on Azure, or by a connection string.</summary>
    private BlobServiceClient Connect(string connection)
    {
        // Few and quick: the step that collects is tried again anyway, later.
        var options = new BlobClientOptions
        {
            Retry = { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(400), Mode = RetryMode.Exponential },
        };
        return Uri.TryCreate(connection, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? new BlobServiceClient(address, identity.Credential, options)
            : new BlobServiceClient(connection, options);
    }
}
