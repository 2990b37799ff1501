using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Npgsql;
using NpgsqlTypes;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Tests.Connectors;

public sealed class PostgresTests(PostgresServer server) : ConnectorContract, IClassFixture<PostgresServer>
{
    private readonly string schema = "s" + Guid.NewGuid().ToString("N");

    protected override SystemOfRecord System => TestSystem.Of("Sql", new() { ["dialect"] = "postgresql" },
        TestSystem.Table(
            "events",
            "id",
            [new("login", "login"), new("email", "email")],
            new() { ["schema"] = schema },
            ("id", FieldType.Integer),
            ("login", FieldType.String),
            ("email", FieldType.String)));

    protected override ConfigurationManager Unavailable() =>
        new() { ["Systems:UnderTest"] = $"Host=127.0.0.1;Port=1;Username=ann.lee;Password={Secret};Database=brightwater" };

    protected override async Task<ConfigurationManager> FillAsync(IEnumerable<SampleEvent> events)
    {
        await RunAsync("CREATE TABLE events (id int, login varchar(100), email text)");
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {schema}.events FROM STDIN (FORMAT BINARY)", Cancellation);
        foreach (var one in events.Reverse())
        {
            await copy.StartRowAsync(Cancellation);
            await copy.WriteAsync(one.Id, NpgsqlDbType.Integer, Cancellation);
            await WriteTextAsync(copy, one.Login);
            await WriteTextAsync(copy, one.Email);
        }
        await copy.CompleteAsync(Cancellation);
        return Settings();
    }

    [Fact]
    public async Task Values_are_compared_without_space_around_them_and_domains_in_either_form()
    {
        var settings = await FillAsync(
        [
            new(1, null, " ann.lee@brightwater.example\t", true), new(2, "ann.lee\r\n", null, true),
            new(3, null, "zita@bücher.example", true),
            new(4, null, "zita@xn--bcher-kva.example ", true), new(5, "ann .lee", "ann.lee@bright water.example", false),
        ]);
        var person = Ann.With("email", "zita@bücher.example");
        Assert.Equal([1, 2, 3, 4], (await ExportAsync(settings, person)).Ids.Order());
    }

    [Fact]
    public async Task Near_misses_are_counted_record_by_record_and_only_what_is_near()
    {
        string[] addresses =
        [
            "ann.lee+a@brightwater.example", "ANN.LEE+a@brightwater.example ", "ann.le@brightwater.example", "ann.lee@brightwaterr.example",
            "ann.lee@brightwater.example", "an_.lee@brightwater.example", "somebody@brightwater.example", "a%@x.example",
        ];
        var settings = await FillAsync(addresses.Select((address, id) => new SampleEvent(id, null, address, false)));
        var near = await TestConnectors.Over(settings).Open(System).CountNearMissesAsync(System.Tables[0], Ann, Cancellation);
        Assert.Equal(new NearMisses(2, 3), near);
    }

    [Fact]
    public async Task Addresses_are_found_whatever_their_case()
    {
        var settings = await FillAsync([new(1, null, "Ann.Lee@BrightWater.example", true)]);
        Assert.Equal([1], (await ExportAsync(settings, Ann)).Ids);
    }

    [Theory]
    [InlineData("numeric", "12345678901234567890.10", FieldType.Number, "12345678901234567890.10")]
    [InlineData("numeric", "'NaN'", FieldType.Number, "\"NaN\"", true)]
    [InlineData("numeric", "12345678901234567890123456789012345.10", FieldType.Number, "12345678901234567890123456789012345.10")]
    [InlineData("double precision", "0.1", FieldType.Number, "0.1")]
    [InlineData("bigint", "9223372036854775807", FieldType.Integer, "9223372036854775807")]
    [InlineData("boolean", "true", FieldType.Boolean, "true")]
    [InlineData("date", "'2028-02-29'", FieldType.Date, "\"2028-02-29\"")]
    [InlineData("timestamptz", "'2026-11-23 08:09:10.123456+02'", FieldType.Datetime, "\"2026-11-23T06:09:10.123456Z\"")]
    [InlineData("timestamp", "'2026-11-23 08:09:10'", FieldType.Datetime, "\"2026-11-23T08:09:10\"")]
    [InlineData("uuid", "'0f8fad5b-d9cb-469f-a165-70867728950e'", FieldType.String, "\"0f8fad5b-d9cb-469f-a165-70867728950e\"")]
    [InlineData("bytea", "'\\x00ff'", FieldType.String, "\"AP8=\"")]
    [InlineData("jsonb", "'{\"a\": 1}'", FieldType.String, "\"{\\\"a\\\": 1}\"")]
    [InlineData("text", "'12'", FieldType.Date, "\"12\"", true)]
    public async Task A_value_is_written_as_it_is_and_noted_where_it_is_not_of_its_type(
        string column, string sql, FieldType type, string json, bool isMalformed = false)
    {
        await RunAsync($"CREATE TABLE facts (id int, login text, fact {column}); INSERT INTO facts VALUES (1, 'ann.lee', {sql})");
        var table = TestSystem.Table(
            "facts", "id", [new("login", "login")], new() { ["schema"] = schema }, ("id", FieldType.Integer), ("fact", type),
            ("login", FieldType.String));
        var taken = await ExportAsync(Settings(), Ann, table);
        Assert.Equal($"{{\"id\":1,\"fact\":{json},\"login\":\"ann.lee\"}}\n", Encoding.UTF8.GetString(taken.Bytes));
        Assert.Equal(isMalformed ? new() { ["fact"] = 1 } : [], taken.Malformed);
    }

    [Fact]
    public async Task The_source_cannot_be_written_to()
    {
        await RunAsync("CREATE TABLE events (id int, login text, email text); INSERT INTO events VALUES (1, 'ann.lee', NULL)");
        await RunAsync(
            $"CREATE FUNCTION grab() RETURNS text LANGUAGE sql AS $$ INSERT INTO {schema}.events "
            + "VALUES (2, 'x', NULL) RETURNING 'x'::text $$; CREATE VIEW trap AS SELECT id, login, grab() AS email FROM events");
        var trap = System.Tables[0] with
        {
            Find = [new("login", "login")],
            Options = new Dictionary<string, string> { ["schema"] = schema, ["table"] = "trap" },
        };
        var failure = await Assert.ThrowsAsync<CollectionException>(() => ExportAsync(Settings(), Ann, trap));
        Assert.Contains("SQLSTATE 25006", failure.Message, StringComparison.Ordinal);
    }

    private ConfigurationManager Settings() => new() { ["Systems:UnderTest"] = server.ConnectionString };

    private static Task WriteTextAsync(NpgsqlBinaryImporter copy, string? text) =>
        text is null ? copy.WriteNullAsync(Cancellation) : copy.WriteAsync(text, NpgsqlDbType.Text, Cancellation);

    private async Task RunAsync(string sql)
    {
        if (server.Missing is { } missing)
            Assert.Skip(missing);
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(
            string.Create(CultureInfo.InvariantCulture, $"CREATE SCHEMA IF NOT EXISTS {schema}; SET search_path = {schema}; {sql}"),
            connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
