using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace Spectrum.PrivacyFlows.Settings;

/// <summary>
/// A storage account as a setting names it, in the way of Functions' own connections: either <c>Name</c> is a connection string
/// (locally, Azurite's), or <c>Name__blobServiceUri</c> and <c>Name__tableServiceUri</c> are addresses and the app signs in with its
/// identity (<c>Name__clientId</c> for a user-assigned one). Azure holds no key of ours.
/// </summary>
internal static class StorageAccount
{
    public static BlobServiceClient Blobs(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } connection
            ? new BlobServiceClient(connection)
            : new BlobServiceClient(Address(configuration, name, "blobServiceUri"), Identity(configuration, name));

    public static TableServiceClient Tables(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } connection
            ? new TableServiceClient(connection)
            : new TableServiceClient(Address(configuration, name, "tableServiceUri"), Identity(configuration, name));

    private static Uri Address(IConfiguration configuration, string name, string part) =>
        Uri.TryCreate(configuration[$"{name}:{part}"], UriKind.Absolute, out var address) && address.Scheme == "https"
            ? address
            : throw new SettingsException(name, $"is missing: set it to a connection string, or {name}__{part} to an https address");

    private static TokenCredential Identity(IConfiguration configuration, string name) =>
        configuration[$"{name}:clientId"] is { Length: > 0 } clientId
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
            : new DefaultAzureCredential();
}
