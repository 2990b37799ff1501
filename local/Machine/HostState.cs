using Azure.Storage.Blobs;

namespace LocalMachine;

/// <summary>What the host itself remembers over a restart, one small JSON blob each, in the storage of the app.</summary>
public sealed class HostState(string connectionString, string taskHub)
{
    // What is kept is small: a connection that died unseen is given up soon, or a timer's schedule would stand for minutes.
    private readonly BlobContainerClient container = new(
        connectionString, ContainerName(taskHub), new BlobClientOptions { Retry = { NetworkTimeout = TimeSpan.FromSeconds(10) } });

    private bool exists;

    /// <returns>Null where nothing was kept under this name.</returns>
    public async Task<T?> ReadAsync<T>(string name, CancellationToken cancellation)
        where T : class
    {
        var blob = container.GetBlobClient(name + ".json");
        if (!await blob.ExistsAsync(cancellation))
            return null;
        var content = await blob.DownloadContentAsync(cancellation);
        return content.Value.Content.ToObjectFromJson<T>();
    }

    public async Task WriteAsync<T>(string name, T value, CancellationToken cancellation)
    {
        if (!exists)
            await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
        exists = true;
        await container.GetBlobClient(name + ".json").UploadAsync(BinaryData.FromObjectAsJson(value), overwrite: true, cancellation);
    }

    // Container names hold lower-case letters, digits and single hyphens.
    private static string ContainerName(string taskHub) =>
        string.Concat(taskHub.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant() + "-host";
}
