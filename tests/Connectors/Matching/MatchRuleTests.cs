using Spectrum.PrivacyFlows.Connectors;
using Spectrum.PrivacyFlows.DataMap;

namespace Spectrum.PrivacyFlows.Tests.Connectors.Matching;

/// <summary>A login is found in the ways in which the data map says that a table writes it, and in no other.</summary>
public sealed class MatchRuleTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ann", false, "ann|ann@SPECTRUM|SPECTRUM\\ann")]
    [InlineData("SPECTRUM\\ann", false, "ann|ann@SPECTRUM|SPECTRUM\\ann")]
    [InlineData("ann@spectrum", false, "ann|ann@SPECTRUM|ann@spectrum|SPECTRUM\\ann")]
    [InlineData("Ann", true, "ann|ann@spectrum|spectrum\\ann")]
    [InlineData("OTHER\\ann", false, "OTHER\\ann|OTHER\\ann@SPECTRUM|SPECTRUM\\OTHER\\ann")]
    public void A_login_has_these_forms(string login, bool ignoresCase, string forms) => Assert.Equal(
        forms.Split('|').Order(StringComparer.Ordinal),
        new MatchRule(ignoresCase, ["SPECTRUM"]).FormsOf(login).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_log_is_searched_by_them()
    {
        var table = TestSystem.Table(
            "events", "id", [new("login", "login")], new() { ["format"] = "json-lines" },
            ("id", FieldType.Integer), ("login", FieldType.String)) with
        {
            Matching = new Dictionary<string, MatchRule> { ["login"] = new(IgnoresCase: true, ["SPECTRUM"]) },
        };
        var container = new LogContainer(azurite);
        await container.PutAsync(
            "logs/1",
            """
            {"id":1,"login":"SPECTRUM\\ANN.lee"}
            {"id":2,"login":"ann.lee@spectrum"}
            {"id":3,"login":"Ann.Lee"}
            {"id":4,"login":"OTHER\\ann.lee"}
            {"id":5,"login":"xann.lee"}
            """);
        var writer = new RecordingWriter();
        await TestConnectors.Over(container.Settings)
            .Open(TestSystem.Of("BlobLog", new() { ["container"] = "logs" }, table))
            .ExportAsync(table, Identifiers.None.With("login", "ann.lee"), writer, Cancellation);
        Assert.Equal(3, writer.Bytes.Count(one => one == '\n'));
    }
}
