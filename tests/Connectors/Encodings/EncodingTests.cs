using System.Text;
using System.Text.Json.Nodes;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Tests.Connectors.Encodings;

/// <summary>A log is read in what it was written in, or it fails by its place: its records are never missing unsaid.</summary>
public sealed class EncodingTests(AzuriteFixture azurite)
{
    private const string Lines = "{\"id\":1,\"login\":\"somebody\"}\n{\"id\":2,\"login\":\"zoë.lee\"}\n";
    private static readonly Identifiers Zoe = Identifiers.None.With("login", "zoë.lee");

    private readonly LogContainer container = new(azurite);

    // Other tests know them from elsewhere; none may lean on that.
    static EncodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8", null)]
    [InlineData("utf-16", null)]
    [InlineData("utf-16BE", null)]
    [InlineData("utf-32", null)]
    [InlineData("utf-32BE", null)]
    [InlineData("utf-16", "windows-1252")]
    public async Task Given_a_byte_order_mark_Then_it_says_how_to_read(string written, string? declared)
    {
        var encoding = Encoding.GetEncoding(written);
        await container.PutAsync("logs/1", [.. encoding.GetPreamble(), .. encoding.GetBytes(Lines)]);
        Assert.Equal(["2"], await ExportAsync(declared));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("iso-8859-1")]
    [InlineData("windows-1252")]
    public async Task Given_no_mark_Then_the_data_map_says_how_to_read(string written)
    {
        await container.PutAsync("logs/1", Encoding.GetEncoding(written).GetBytes(Lines));
        Assert.Equal(["2"], await ExportAsync(written));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("windows-1252")]
    [InlineData("shift_jis")]
    public async Task Given_neither_Then_it_fails_by_its_place(string written)
    {
        await container.PutAsync("logs/a", "{\"id\":3,\"login\":\"somebody\"}\n");
        await container.PutAsync("logs/zoe", Encoding.GetEncoding(written).GetBytes(Lines.Replace("ë", "ë日", StringComparison.Ordinal)));
        await FailsAsync(null, "blob 2 in the order of their names");
    }

    [Fact]
    public async Task Given_bytes_that_the_encoding_does_not_have_Then_it_fails_by_its_place()
    {
        var half = Encoding.Unicode.GetBytes(Lines)[..^1];
        await container.PutAsync("logs/1", [.. Encoding.Unicode.GetPreamble(), .. half]);
        await FailsAsync(null, "blob 1 in the order of their names");
        await container.PutAsync("logs/1", [.. Encoding.UTF8.GetBytes(Lines), 0xC3]);
        await FailsAsync(null, "blob 1 in the order of their names");
    }

    [Fact]
    public async Task Given_utf_16_within_gzip_Then_it_fails_by_its_place()
    {
        byte[] text = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Lines)];
        await container.PutAsync("logs/1.gz", LogContainer.Gzip(text));
        await FailsAsync(null, "a packed log must be in UTF-8");
    }

    private static SystemOfRecord SystemIn(string? encoding)
    {
        var options = new Dictionary<string, string> { ["format"] = "json-lines", ["prefix"] = "logs/" };
        if (encoding is not null)
            options["encoding"] = encoding;
        return TestSystem.Of("BlobLog", new() { ["container"] = "logs" },
            TestSystem.Table("events", "id", [new("login", "login")], options, ("id", FieldType.Integer), ("login", FieldType.String)));
    }

    private async Task FailsAsync(string? encoding, string words)
    {
        var failure = await Assert.ThrowsAsync<CollectionException>(() => ExportAsync(encoding));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("zoe", failure.Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> ExportAsync(string? encoding)
    {
        var system = SystemIn(encoding);
        var writer = new RecordingWriter();
        await TestConnectors.Over(container.Settings).Open(system).ExportAsync(
            system.Tables[0], Zoe, writer, TestContext.Current.CancellationToken);
        return
        [
            .. Encoding.UTF8.GetString(writer.Bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonNode.Parse(line)!["id"]!.ToString()),
        ];
    }
}
