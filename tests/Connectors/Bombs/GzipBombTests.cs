using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Configuration;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.Connectors.BlobLog;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Tests.Connectors.Bombs;

/// <summary>A log that unpacks without end is refused after a bounded stretch.</summary>
public sealed class GzipBombTests(AzuriteFixture azurite)
{
    private static readonly SystemOfRecord Source = TestSystem.Of("BlobLog", new() { ["container"] = "logs" },
        TestSystem.Table("events", "id", [new("login", "login")], new() { ["format"] = "json-lines" },
            ("id", FieldType.Integer), ("login", FieldType.String)));

    private static readonly Identifiers Ann = Identifiers.None.With("login", "ann.lee");

    private readonly LogContainer container = new(azurite);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_bomb_When_exported_Then_it_is_told_by_its_place_and_never_its_name()
    {
        await container.PutAsync("a", "{\"id\":1,\"login\":\"ann.lee\"}\n");
        // 192 MB in 200 KB, behind an honest beginning.
        await container.PutAsync("jane.doe.gz", [.. LogContainer.Gzip(Honest()), .. Bomb(192)]);

        var failure = await Assert.ThrowsAsync<CollectionException>(ExportAsync);

        Assert.Contains("blob 2 in the order of their names: the gzip data unpacks to more than 500 times its size", failure.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("jane", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task Given_a_bomb_Then_no_more_is_unpacked_than_two_stretches()
    {
        await using var stream = new UnpackedStream(new MemoryStream(Bomb(1024)));
        var (buffer, total) = (new byte[1 << 16], 0L);
        await Assert.ThrowsAsync<UnpacksTooFarException>(async () =>
        {
            for (int read; (read = await stream.ReadAsync(buffer, Cancellation)) > 0;)
                total += read;
        });
        Assert.InRange(total, 0, 2 * UnpackedStream.Stretch);
    }

    [Fact]
    public async Task Given_the_same_line_over_and_over_Then_it_is_a_log()
    {
        var line = string.Concat(Enumerable.Range(0, 3).Select(
            n => $"{{\"id\":{n},\"login\":\"bob\",\"at\":\"2026-01-01T00:00:0{n}\"}}\n"));
        var many = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 1_000_000)));
        Assert.True(many.Length > UnpackedStream.Stretch);
        await container.PutAsync("a", LogContainer.Gzip([.. many, .. "{\"id\":7,\"login\":\"ann.lee\"}\n"u8]));
        Assert.Equal(1, await ExportAsync());
    }

    private async Task<long> ExportAsync() =>
        await TestConnectors.Over(container.Settings).Open(Source).ExportAsync(Source.Tables[0], Ann, new Nowhere(), Cancellation);

    private static byte[] Honest() =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50_000).Select(n => $"{{\"id\":{n},\"login\":\"{Guid.NewGuid()}\"}}\n")));

    private static byte[] Bomb(int megabytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            var lines = new byte[1 << 20];
            Array.Fill(lines, (byte)'\n');
            for (var written = 0; written < megabytes; written++)
                gzip.Write(lines);
        }
        return packed.ToArray();
    }

    private sealed class Nowhere : IRecordWriter
    {
        public ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
