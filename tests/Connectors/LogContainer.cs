using System.IO.Compression;
using System.Text;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace Spectrum.PrivacyFlows.Tests.Connectors;

/// <summary>A container of a test's own, and the setting that leads there.</summary>
internal sealed class LogContainer(AzuriteFixture azurite)
{
    public BlobContainerClient Blobs { get; } = new(azurite.ConnectionString, "log-" + Guid.NewGuid().ToString("N"));

    public ConfigurationManager Settings =>
        new() { ["Systems:UnderTest"] = azurite.ConnectionString, ["Systems:UnderTest:Container"] = Blobs.Name };

    public async Task PutAsync(string name, byte[] content)
    {
        await Blobs.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        await Blobs.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), overwrite: true, TestContext.Current.CancellationToken);
    }

    public Task PutAsync(string name, string content) => PutAsync(name, Encoding.UTF8.GetBytes(content));

    /// <summary>
    /// Spreads the lines over ten blobs whose names are in their order; every other one is gzipped, whatever its name says.
    /// </summary>
    public async Task SpreadAsync(IEnumerable<string> lines, string end = "\n")
    {
        await Blobs.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        var all = lines.ToList();
        foreach (var (part, index) in all.Chunk(Math.Max(1, (all.Count + 9) / 10)).Select((part, index) => (part, index)))
        {
            var content = Encoding.UTF8.GetBytes(string.Join(end, part));
            await PutAsync($"logs/{index:D2}.log", index % 2 == 0 ? content : Gzip(content));
        }
    }

    public static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(content);
        return compressed.ToArray();
    }
}
