using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Tests.Exchange;

namespace Spectrum.PrivacyFlows.Tests.Connectors;

public sealed class SqliteTests : ConnectorContract, IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"sqlite-{Guid.NewGuid():N}.db");

    public void Dispose() => File.Delete(file);

    protected override SystemOfRecord System { get; } = TestSystem.Of("Sql", new() { ["dialect"] = "sqlite" },
        TestSystem.Table(
            "events",
            "id",
            [new("login", "login"), new("email", "email")],
            new() { ["table"] = "the \"events\"" },
            ("id", FieldType.Integer),
            ("login", FieldType.String),
            ("email", FieldType.String)));

    protected override ConfigurationManager Unavailable() => new() { ["Systems:UnderTest"] = $"Data Source=/nowhere/{Secret}/x.db" };

    protected override Task<ConfigurationManager> FillAsync(IEnumerable<SampleEvent> events)
    {
        Run("CREATE TABLE \"the \"\"events\"\"\" (id INTEGER, login TEXT COLLATE NOCASE, email TEXT)");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO \"the \"\"events\"\"\" VALUES ($id, $login, $email)";
        var parameters = new[] { "$id", "$login", "$email" }.Select(name => insert.Parameters.AddWithValue(name, DBNull.Value)).ToArray();
        foreach (var one in events.Reverse())
        {
            (parameters[0].Value, parameters[1].Value, parameters[2].Value) = (
                one.Id, (object?)one.Login ?? DBNull.Value, (object?)one.Email ?? DBNull.Value);
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
        return Task.FromResult(Settings());
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
    [InlineData("x'00ff'", FieldType.String, "\"AP8=\"")]
    [InlineData("12345678901234567890123456789.10", FieldType.Number, null, "'12345678901234567890123456789.10'")]
    [InlineData("'0.10'", FieldType.Number, "0.10")]
    [InlineData("0.1", FieldType.Number, "0.1")]
    [InlineData("9223372036854775807", FieldType.Integer, "9223372036854775807")]
    [InlineData("'007'", FieldType.Integer, "\"007\"", null, true)]
    [InlineData("1.5", FieldType.Integer, "\"1.5\"", null, true)]
    [InlineData("1", FieldType.Boolean, "true")]
    [InlineData("0", FieldType.Boolean, "false")]
    [InlineData("2", FieldType.Boolean, "\"2\"", null, true)]
    [InlineData("'2028-02-29'", FieldType.Date, "\"2028-02-29\"")]
    [InlineData("'2027-02-29'", FieldType.Date, "\"2027-02-29\"", null, true)]
    [InlineData("'2026-11-23 08:09'", FieldType.Datetime, "\"2026-11-23T08:09:00\"")]
    [InlineData("'2026-11-23T08:09:10.123456789+01:00'", FieldType.Datetime, "\"2026-11-23T08:09:10.123456789+01:00\"")]
    [InlineData("'2026-11-23T24:09:10Z'", FieldType.Datetime, "\"2026-11-23T24:09:10Z\"", null, true)]
    [InlineData("1700000000", FieldType.Datetime, "\"1700000000\"", null, true)]
    [InlineData("'<b> & \"é\" 😀'", FieldType.String, "\"<b> & \\\"é\\\" \\uD83D\\uDE00\"")]
    [InlineData("NULL", FieldType.Integer, "null")]
    public async Task A_value_is_written_as_it_is_and_noted_where_it_is_not_of_its_type(
        string sql, FieldType type, string? json, string? otherSql = null, bool isMalformed = false)
    {
        Run($"CREATE TABLE facts (id INTEGER, login TEXT, fact BLOB); INSERT INTO facts VALUES (1, 'ann.lee', {otherSql ?? sql})");
        if (otherSql is not null)
            json = sql;
        var table = TestSystem.Table(
            "facts", "id", [new("login", "login")], [], ("id", FieldType.Integer), ("fact", type), ("login", FieldType.String));
        var taken = await ExportAsync(Settings(), Ann, table);
        Assert.Equal(
            $"{{\"id\":1,\"fact\":{json},\"login\":\"ann.lee\"}}\n", global::System.Text.Encoding.UTF8.GetString(taken.Bytes));
        Assert.Equal(isMalformed ? new() { ["fact"] = 1 } : [], taken.Malformed);
    }

    [Fact]
    public async Task Given_a_column_that_is_not_there_When_exported_Then_the_failure_names_the_table_and_a_code()
    {
        var settings = await FillAsync([]);
        var wrong = System.Tables[0] with
        {
            Find = [new("login", "login")],
            Options = new Dictionary<string, string> { ["table"] = "missing" },
        };
        var failure = await Assert.ThrowsAsync<CollectionException>(() => ExportAsync(settings, Ann, wrong));
        Assert.Contains("events", failure.Message, StringComparison.Ordinal);
        Assert.Contains("SQLite code 1", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task The_source_is_not_written_to()
    {
        var settings = await FillAsync(SampleEvent.Resembling());
        var before = await File.ReadAllBytesAsync(file, Cancellation);
        settings["Systems:UnderTest"] = $"Data Source={file};Mode=ReadWriteCreate";
        await ExportAsync(settings, Ann);
        Assert.Equal(before, await File.ReadAllBytesAsync(file, Cancellation));
        File.Delete(file);
        await Assert.ThrowsAsync<CollectionException>(() => ExportAsync(settings, Ann));
        Assert.False(File.Exists(file));
    }

    private ConfigurationManager Settings() => new() { ["Systems:UnderTest"] = $"Data Source={file}" };

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
