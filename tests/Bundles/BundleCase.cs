using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Rights.Disclosure.Statements;

namespace Spectrum.PrivacyFlows.Tests.Bundles;

/// <summary>One case of its own in Azurite: stage records, build, look into the ZIP.</summary>
internal sealed class BundleCase
{
    private static int lastNumber = 500_000;
    private readonly BundleBuilder builder;

    /// <param name="contacts">Null for the policy’s.</param>
    public BundleCase(AzuriteFixture azurite, ContactDetails? contacts = null)
    {
        contacts ??= new ContactDetails();
        Storage = new BundleAccount(new BlobServiceClient(azurite.ConnectionString));
        Staging = new Staging(Storage, Seals);
        Store = new BundleStore(Storage);
        builder = new BundleBuilder(Staging, Storage, [new PortabilityContents(), new AccessContents(contacts)], contacts);
    }

    /// <summary>Every test takes a case number of its own.</summary>
    public CaseId Id { get; } = new(2026, Interlocked.Increment(ref lastNumber));

    public static CaseSeals Seals { get; } = new(new byte[32]);

    public BundleAccount Storage { get; }

    public Staging Staging { get; }

    public BundleStore Store { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Stages the lines of each table, in the tables' order, and says so truly.</summary>
    public async Task StageAsync(SystemOfRecord system, params IReadOnlyList<string>[] linesByTable)
    {
        var counted = new List<CollectedTable>();
        foreach (var (table, lines) in system.Tables.Zip(linesByTable))
            counted.Add(await StageTableAsync(system.Key, table.Name, lines));
        await Staging.CompleteAsync(Id, new CollectedSystem(system.Key, counted), Cancellation);
    }

    public async Task<CollectedTable> StageTableAsync(string system, string table, IReadOnlyList<string> lines)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        await using (var stream = await Staging.CreateAsync(Id, system, table, Cancellation))
            await stream.WriteAsync(bytes, Cancellation);
        return new CollectedTable(table, lines.Count, lines.Count, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    public Task<BundleSummary> BuildAsync(IReadOnlyList<SystemOfRecord> systems, params Right[] rights) =>
        builder.BuildAsync(
            new BundleRequest(Id, rights, new EmailAddress("ada@reader.example"), new DateOnly(2026, 9, 3)), systems, Cancellation);

    public async Task<byte[]> BytesAsync()
    {
        await using var stream = await Store.OpenReadAsync(Id, cancellation: Cancellation);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, Cancellation);
        return bytes;
    }

    /// <summary>Every file of the ZIP, as the ZIP has them.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> UnpackAsync()
    {
        var files = new Dictionary<string, byte[]>();
        await using var zip = new ZipArchive(new MemoryStream(await BytesAsync()), ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            await using var stream = await entry.OpenAsync(Cancellation);
            await stream.CopyToAsync(content, Cancellation);
            files.Add(entry.FullName, content.ToArray());
        }
        return files;
    }
}

internal static class UnpackedFiles
{
    public static string Text(this IReadOnlyDictionary<string, byte[]> files, string path) => Encoding.UTF8.GetString(files[path]);

    public static JsonNode Json(this IReadOnlyDictionary<string, byte[]> files, string path) => JsonNode.Parse(files[path])!;
}
