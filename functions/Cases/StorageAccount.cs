using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Spectrum.PrivacyFlows.Settings;

namespace Spectrum.PrivacyFlows.Cases;

/// <summary>
/// The storage accounts as settings name them, in the way of Functions' own connections: either <c>Name</c> is a connection string
/// (locally, Azurite's), or <c>Name__blobServiceUri</c> and <c>Name__tableServiceUri</c> are addresses that the app signs in to with
/// its identity. Azure holds no key of ours.
/// </summary>
internal static class StorageAccount
{
    public static CaseAccount Cases(SettingsReader settings, AppIdentity identity)
    {
        if (settings.Text("CaseStorage") is { } connection)
            return new CaseAccount(new BlobServiceClient(Alone(settings, "CaseStorage", connection)), new TableServiceClient(connection));
        var (blobs, tables) = (
            settings.Part(part => Address(part, "CaseStorage", "blobServiceUri")),
            settings.Part(part => Address(part, "CaseStorage", "tableServiceUri")));
        return blobs is null || tables is null
            ? throw SettingsReader.Incomplete
            : new CaseAccount(new BlobServiceClient(blobs, identity.Credential), new TableServiceClient(tables, identity.Credential));
    }

    public static BundleAccount Bundles(SettingsReader settings, AppIdentity identity) =>
        settings.Text("BundleStorage") is { } connection
            ? new BundleAccount(new BlobServiceClient(Alone(settings, "BundleStorage", connection)))
            : new BundleAccount(new BlobServiceClient(
                DifferentFromCases(settings, Address(settings, "BundleStorage", "blobServiceUri")), identity.Credential));

    /// <summary>A connection string beside an address: which of the two is meant, nobody can tell.</summary>
    private static string Alone(SettingsReader settings, string name, string connection)
    {
        settings.Require(
            settings.Text($"{name}__blobServiceUri") is null,
            name,
            $"contradicts {name}__blobServiceUri: set a connection string or addresses, not both.");
        try
        {
            _ = new BlobServiceClient(connection);
            return connection;
        }
        catch (FormatException)
        {
            throw settings.Unusable(name, "is no connection string of a storage account.");
        }
    }

    /// <summary>What is deleted from the account of the cases is kept for a while, and a bundle must not be.</summary>
    private static Uri DifferentFromCases(SettingsReader settings, Uri address)
    {
        settings.Require(
            !string.Equals(address.Host, HostOf(settings.Text("CaseStorage__blobServiceUri")), StringComparison.OrdinalIgnoreCase),
            "BundleStorage__blobServiceUri",
            "contradicts CaseStorage__blobServiceUri: bundles need an account of their own, with soft delete off (S4).");
        return address;
    }

    private static string HostOf(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var url) ? url.Host : "";

    private static Uri Address(SettingsReader settings, string name, string part) =>
        Uri.TryCreate(settings.Text($"{name}__{part}"), UriKind.Absolute, out var address) && address.Scheme == "https"
            ? address
            : throw settings.Unusable($"{name}__{part}", $"is missing or no https address; or set {name} to a connection string.");
}
