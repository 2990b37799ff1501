using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Tests.Connectors;

public sealed class JsonLinesTests(AzuriteFixture azurite) : ConnectorContract
{
    private readonly LogContainer container = new(azurite);

    protected override SystemOfRecord System { get; } = TestSystem.Of("BlobLog", new() { ["container"] = "logs" },
        TestSystem.Table("events", "id", [new("login", "login"), new("email", "email")],
            new() { ["format"] = "json-lines", ["prefix"] = "logs/" },
            ("id", FieldType.Integer), ("login", FieldType.String), ("email", FieldType.String)));

    protected override ConfigurationManager Unavailable() =>
        new()
        {
            ["Systems:UnderTest"] = "DefaultEndpointsProtocol=http;AccountName=brightwater;"
                + $"AccountKey={Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))};BlobEndpoint=http://127.0.0.1:1/brightwater;",
        };

    protected override async Task<ConfigurationManager> FillAsync(IEnumerable<SampleEvent> events)
    {
        await container.SpreadAsync(events.Select(one => JsonSerializer.Serialize(new
        {
            id = one.Id,
            other = "ann.lee says \"hello\"",
            login = one.Login,
            email = one.Email,
            nested = new { login = "ann.lee" },
        })));
        return container.Settings;
    }

    [Theory]
    [InlineData("{\"id\":1,\"email\":\"ann.lee\\u0040brightwater.example\"}")]
    [InlineData("{\"id\":1,\"email\":\"\\u0061NN.lee@BRIGHTWATER.example\"}")]
    [InlineData("  { \"id\" : 1 , \"login\" : \"ann\\u002elee\" }  ")]
    [InlineData("{\"\\u0069d\":1,\"log\\u0069n\":\"ann.lee\"}")]
    [InlineData("{\"login\":\"ann.lee\",\"id\":1}\r")]
    [InlineData("{\"id\":1,\"login\":\" ann.lee \"}")]
    [InlineData("{\"id\":1,\"login\":\"ann.lee\\t\"}")]
    [InlineData("\uFEFF{\"login\":\"ann.lee\",\"id\":1}")]
    public async Task A_record_is_found_however_it_is_written(string line)
    {
        await container.PutAsync("logs/1", line);
        Assert.Equal([1], (await ExportAsync(container.Settings, Ann)).Ids);
    }

    [Theory]
    [InlineData("{\"id\":1,\"x\":\"ann.lee\"}")]
    [InlineData("{\"id\":1,\"x\":{\"login\":\"ann.lee\"}}")]
    [InlineData("{\"id\":1,\"x\":[{\"login\":\"ann.lee\"}]}")]
    [InlineData("{\"id\":1,\"login\":[\"ann.lee\"]}")]
    [InlineData("{\"id\":1,\"Login\":\"ann.lee\"}")]
    [InlineData("{\"id\":1,\"login\":\"ann\\\\u002elee\"}")]
    public async Task A_record_that_only_mentions_the_person_is_not_theirs(string line)
    {
        await container.PutAsync("logs/1", line);
        Assert.Empty((await ExportAsync(container.Settings, Ann)).Ids);
    }

    [Theory]
    [InlineData("{\"id\":1,\"login\":\"ann.lee\"")]
    [InlineData("ann.lee logged in")]
    [InlineData("{\"id\":1,\"email\":\"ann.lee\\u0040brightwater.example\"")]
    [InlineData("{\"id\":1,\"login\":\"ann.lee\"} {}")]
    [InlineData("[\"ann.lee\"]")]
    [InlineData("{\"id\":1,\"login\":\"ann.lee\",\"email\":\"\\ud800\"}")]
    public async Task Given_an_unreadable_line_that_mentions_the_person_When_exported_Then_blob_and_line_are_named(string line)
    {
        await container.PutAsync("logs/2026.log", "{\"id\":7}\n");
        await container.PutAsync("logs/ann.lee.log", $"{{\"id\":7}}\n\n{line}\n");
        var failure = await Assert.ThrowsAsync<CollectionException>(() => ExportAsync(container.Settings, Ann));
        Assert.Contains("blob 2 in the order of their names: line 3", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ann.lee", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Table events", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
        AssertTellsNothing(failure);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{\"login\":\"joann.lee\"")]
    [InlineData("{\"login\":\"ann.lee2\"")]
    [InlineData("{\"login\":\"bob\\u0040\"")]
    [InlineData("\\")]
    [InlineData("")]
    public async Task Given_an_unreadable_line_of_somebody_else_When_exported_Then_it_is_skipped(string line)
    {
        await container.PutAsync("logs/1", $"{line}\n{{\"id\":2,\"login\":\"ann.lee\"}}\n{line}");
        Assert.Equal([2], (await ExportAsync(container.Settings, Ann)).Ids);
    }

    [Fact]
    public async Task Given_values_of_another_type_When_exported_Then_they_stand_as_text_and_are_counted_over_all_blobs()
    {
        await container.PutAsync("logs/1", "{\"id\":\"one\",\"login\":\"ann.lee\"}");
        await container.PutAsync("logs/2", "{\"id\":{\"a\": [1]},\"login\":\"ann.lee\"}\n{\"id\":3,\"login\":\"ann.lee\"}");
        var taken = await ExportAsync(container.Settings, Ann);
        Assert.Equal(3, taken.AtSource);
        var text = global::System.Text.Encoding.UTF8.GetString(taken.Bytes);
        Assert.Contains("{\"id\":\"one\",", text, StringComparison.Ordinal);
        Assert.Contains("{\"id\":\"{\\\"a\\\": [1]}\",", text, StringComparison.Ordinal);
        Assert.Contains("{\"id\":3,", text, StringComparison.Ordinal);
        Assert.Equal(new() { ["id"] = 2 }, taken.Malformed);
    }

    [Fact]
    public async Task Lines_of_a_megabyte_pass_and_longer_ones_are_refused()
    {
        string Line(int length) => $"{{\"id\":1,\"login\":\"ann.lee\",\"x\":\"{new string('x', length - 34)}\"}}";
        await container.PutAsync("logs/1", Line(1024 * 1024) + "\n" + Line(300_000));
        Assert.Equal(2, (await ExportAsync(container.Settings, Ann)).AtSource);
        await container.PutAsync("logs/2", Line(2_200_000));
        var failure = await Assert.ThrowsAsync<CollectionException>(() => ExportAsync(container.Settings, Ann));
        Assert.Contains("longer than 1 MB", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_several_gzip_members_in_a_blob_When_exported_Then_all_are_read()
    {
        var members = Enumerable.Range(1, 5)
            .SelectMany(id => LogContainer.Gzip(Encoding.UTF8.GetBytes($"{{\"id\":{id},\"login\":\"ann.lee\"}}\n")))
            .ToArray();
        await container.PutAsync("logs/1", members);
        Assert.Equal([1, 2, 3, 4, 5], (await ExportAsync(container.Settings, Ann)).Ids);
    }

    [Fact]
    public async Task Given_a_gzip_blob_cut_off_anywhere_When_exported_Then_it_is_told()
    {
        var whole = LogContainer.Gzip(Encoding.UTF8.GetBytes(
            string.Join('\n', SampleEvent.Many(60).Select(one => $"{{\"id\":{one.Id},\"login\":\"{one.Login}\"}}"))));
        foreach (var length in Enumerable.Range(3, whole.Length - 3).Where(length => length % 7 == 0 || length > whole.Length - 12))
        {
            await container.PutAsync("logs/cut.gz", whole[..length]);
            var failure = await Assert.ThrowsAsync<CollectionException>(() => ExportAsync(container.Settings, Ann));
            Assert.Contains("blob 1 in the order of their names", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Given_a_blob_that_vanishes_in_the_middle_When_exported_Then_it_is_told()
    {
        foreach (var name in "abcd")
            await container.PutAsync($"logs/{name}", string.Join('\n', Enumerable.Repeat("{\"id\":1,\"login\":\"ann.lee\"}", 100_000)));
        var source = TestConnectors.Over(container.Settings).Open(System);
        var failure = await Assert.ThrowsAsync<CollectionException>(() =>
            source.ExportAsync(System.Tables[0], Ann, new VanishingWriter(container), Cancellation));
        Assert.Contains("blob 4 in the order of their names", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task Given_no_container_When_exported_Then_a_human_has_to_look()
    {
        var failure = await Assert.ThrowsAsync<CollectionException>(() => ExportAsync(container.Settings, Ann));
        Assert.Contains("ContainerNotFound", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task Blobs_outside_the_prefix_are_not_read()
    {
        await container.PutAsync("logs/1", "{\"id\":1,\"login\":\"ann.lee\"}");
        await container.PutAsync("other/1", "{\"id\":2,\"login\":\"ann.lee\"}");
        Assert.Equal([1], (await ExportAsync(container.Settings, Ann)).Ids);
    }

    private sealed class VanishingWriter(LogContainer container) : IRecordWriter
    {
        public async ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation) =>
            await container.Blobs.GetBlobClient("logs/d").DeleteIfExistsAsync(cancellationToken: cancellation);
    }
}
