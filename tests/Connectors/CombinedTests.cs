using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Tests.Connectors;

public sealed class CombinedTests(AzuriteFixture azurite) : ConnectorContract
{
    private const string Usual = "192.0.2.1 - ann.lee [23/Nov/2026:08:09:10 +0100] \"GET /id/1 HTTP/1.1\" 200 512 \"-\" \"agent\"";

    private readonly LogContainer container = new(azurite);

    protected override SystemOfRecord System { get; } = TestSystem.Of("BlobLog", new() { ["container"] = "logs" },
        TestSystem.Table("visits", "line", [new("user", "login")], new() { ["format"] = "combined" },
            ("blob", FieldType.String), ("line", FieldType.Integer), ("ip", FieldType.String), ("user", FieldType.String),
            ("time", FieldType.Datetime), ("method", FieldType.String),
            ("path", FieldType.String), ("protocol", FieldType.String), ("status", FieldType.Integer), ("bytes", FieldType.Integer),
            ("referrer", FieldType.String), ("agent", FieldType.String)));

    protected override Func<JsonElement, int> IdOf => record => int.Parse(record.GetProperty("path").GetString()!.Split('/')[^1], null);

    protected override ConfigurationManager Unavailable() =>
        new()
        {
            ["Systems:UnderTest"] = "DefaultEndpointsProtocol=http;AccountName=brightwater;"
                + $"AccountKey={Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))};BlobEndpoint=http://127.0.0.1:1/brightwater;",
        };

    protected override async Task<ConfigurationManager> FillAsync(IEnumerable<SampleEvent> events)
    {
        static string User(string? login) => login is null ? "-" : login.Replace("\\", "\\\\", StringComparison.Ordinal);
        await container.SpreadAsync(events.Select(one => $"192.0.2.17 - {User(one.Login)} [23/Nov/2026:08:09:10 +0000] \"GET "
            + $"/ann.lee/{one.Id} HTTP/1.1\" 200 512 \"https://portal.example/ann.lee\" \"a \\\"quoted\\\" agent of ann.lee\""));
        return container.Settings;
    }

    [Fact]
    public async Task Every_part_of_a_line_is_told()
    {
        await container.PutAsync(
            "a.log", "x\n" + Usual.Replace("\"agent\"", "\"say \\\"hi\\\" \\xc3\\xa9\" 0.003", StringComparison.Ordinal));
        Assert.Equal(
            "{\"blob\":\"a.log\",\"line\":2,\"ip\":\"192.0.2.1\",\"user\":\"ann.lee\",\"time\":\"2026-11-23T08:09:10+01:00\"," +
                "\"method\":\"GET\",\"path\":\"/id/1\",\"protocol\":\"HTTP/1.1\"," +
            "\"status\":200,\"bytes\":512,\"referrer\":null,\"agent\":\"say \\\"hi\\\" é\"}\n",
            Encoding.UTF8.GetString((await ExportAsync(container.Settings, Ann)).Bytes));
    }

    [Theory]
    [InlineData(
        "192.0.2.1 - ann.lee [23/Nov/2026:08:09:10 +0100] \"-\" 408 - \"-\" \"-\"", "{\"method\":null,\"path\":null,\"bytes\":null}")]
    [InlineData(
        "192.0.2.1 - ann.lee [23/Nov/2026:08:09:10 +0100] \"\\x16\\x03\\x01\" 400 0 \"-\" \"-\"",
        "{\"method\":null,\"path\":\"\\u0016\\u0003\\u0001\",\"bytes\":0}")]
    [InlineData(
        "192.0.2.1 - \\x61nn.lee [23/Nov/2026:08:09:10 +0100] \"GET /a\\\\b HTTP/1.0\" 200 1 \"-\" \"-\"",
        "{\"method\":\"GET\",\"path\":\"/a\\\\b\",\"bytes\":1}")]
    public async Task Odd_lines_are_taken_too(string line, string expected)
    {
        await container.PutAsync("a.log", line);
        var record = Assert.Single((await ExportAsync(container.Settings, Ann)).Records);
        using var wanted = JsonDocument.Parse(expected);
        Assert.All(
            wanted.RootElement.EnumerateObject(), part => Assert.Equal(part.Value.ToString(), record.GetProperty(part.Name).ToString()));
    }

    [Theory]
    [InlineData("ann.lee - - [23/Nov/2026:08:09:10 +0100] \"GET / HTTP/1.0\" 200 1 \"-\" \"-\"")]
    [InlineData("192.0.2.1 ann.lee - [23/Nov/2026:08:09:10 +0100] \"GET /?user=ann.lee HTTP/1.0\" 200 1 \"ann.lee\" \"ann.lee\"")]
    [InlineData("192.0.2.1 - joann.lee [23/Nov/2026:08:09:10 +0100] \"GET / HTTP/1.0\" 200 1 \"-\" \"-\"")]
    [InlineData("192.0.2.1 - ann.lee x [23/Nov/2026:08:09:10 +0100] \"GET / HTTP/1.0\" 200 1 \"-\" \"-\"")]
    public async Task Only_the_user_that_the_server_knew_makes_a_line_theirs(string line)
    {
        await container.PutAsync("a.log", line);
        Assert.Empty((await ExportAsync(container.Settings, Ann)).Records);
    }

    [Theory]
    [InlineData("192.0.2.1 - ann.lee [23/Foo/2026:08:09:10 +0100] \"GET / HTTP/1.0\" 200 1 \"-\" \"-\"")]
    [InlineData("192.0.2.1 - ann.lee [23/Nov/2026:08:09:10 +0100] \"GET / HTTP/1.0")]
    [InlineData("192.0.2.1 - ann.lee [23/Nov/2026:08:09:10 +0100] \"GET / HTTP/1.0\" two 1 \"-\" \"-\"")]
    [InlineData("192.0.2.1 - ann.lee")]
    public async Task Given_an_unreadable_line_that_mentions_the_person_When_exported_Then_blob_and_line_are_named(string line)
    {
        await container.PutAsync("a.log", $"{Usual}\n{line}\n");
        var failure = await Assert.ThrowsAsync<CollectionException>(() => ExportAsync(container.Settings, Ann));
        Assert.Contains("blob 1 in the order of their names: line 2", failure.Message, StringComparison.Ordinal);
        AssertTellsNothing(failure);
    }
}
