using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;
using Spectrum.PrivacyFlows.Rights.Disclosure;
using Spectrum.PrivacyFlows.Tests.Bundles;
using Spectrum.PrivacyFlows.Tests.Connectors;

namespace Spectrum.PrivacyFlows.Tests.Rights.Collecting;

/// <summary>A few malformed values go out as they stand; a table that the data map does not describe fails.</summary>
public sealed class MalformedLimitTests(AzuriteFixture azurite) : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"malformed-{Guid.NewGuid():N}.db");

    [Theory]
    [InlineData(1, 0, 5, 1)]
    [InlineData(10, 0, 5, 10)]
    [InlineData(11, 0, 5, null)]
    [InlineData(11, 209, 5, 11)]
    [InlineData(11, 208, 5, null)]
    [InlineData(11, 0, 100, 11)]
    [InlineData(1, 1_000, 0, null)]
    [InlineData(0, 10, 0, 0)]
    public async Task A_share_above_the_limit_fails_the_table(int bad, int good, int limit, int? counted)
    {
        Fill(bad, good);
        var table = TestSystem.Table(
            "facts", "id", [new("login", "login")], [], ("id", FieldType.Integer), ("login", FieldType.String), ("at", FieldType.Date)) with
        {
            MalformedLimit = limit,
        };
        var system = TestSystem.Of("Sql", new() { ["dialect"] = "sqlite" }, table);
        var made = new BundleCase(azurite);
        var settings = new ConfigurationManager { ["Systems:UnderTest"] = $"Data Source={file}" };
        var collector = new Collector(TestConnectors.Over(settings), made.Staging);
        var person = Identifiers.None.With("login", "ann.lee");
        if (counted is null)
        {
            var failure = await Assert.ThrowsAsync<CollectionException>(
                () => collector.CollectAsync(made.Id, system, person, TestContext.Current.CancellationToken));
            Assert.Contains("field at", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("soon", failure.Message, StringComparison.Ordinal);
            Assert.False(failure.IsTransient);
            return;
        }
        var collected = await collector.CollectAsync(made.Id, system, person, TestContext.Current.CancellationToken);
        Assert.Equal(bad + good, collected.Tables[0].CountTaken);
        Assert.Equal(counted.Value, collected.Tables[0].Malformed?["at"] ?? 0);
    }

    public void Dispose() => File.Delete(file);

    private void Fill(int bad, int good)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            CREATE TABLE facts (id INTEGER, login TEXT, at TEXT);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {bad + good})
            INSERT INTO facts SELECT i, 'ann.lee', CASE WHEN i <= {bad} THEN 'soon' ELSE '2026-01-01' END FROM n;
            """;
        command.ExecuteNonQuery();
    }
}
