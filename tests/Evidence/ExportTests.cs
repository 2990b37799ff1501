using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.Evidence;

/// <summary>Recomputes an exported record from functions/Evidence/README.md alone, without the app's code.</summary>
public sealed class ExportTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private readonly FreshCase @case = new(azurite);

    [Fact]
    public async Task S3_AThirdPartyRecomputesTheChain()
    {
        await @case.AppendAsync(3);
        await @case.Record.AppendAsync(
            @case.Id, "odd", "It said “é 😀\n”.", new Dictionary<string, string> { ["b"] = "2", ["B"] = "", ["a"] = "1:2," }, Cancellation);
        Assert.Equal(4, await HoldsAsync(export => export));
    }

    [Theory]
    [InlineData("Step 2 was done.", "Step 2 was not done.")]
    [InlineData("\"count\":\"2\"", "\"count\":\"3\"")]
    [InlineData("09:31:00", "09:31:01")]
    public async Task S3_AThirdPartySeesAChange(string from, string to)
    {
        await @case.AppendAsync(3);
        Assert.Null(await HoldsAsync(export => export.Replace(from, to, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task S3_AThirdPartySeesThatTheEndIsMissing()
    {
        await @case.AppendAsync(3);
        Assert.Null(await HoldsAsync(export =>
            string.Join('\n', export.Split('\n').Where(line => !line.Contains("\"number\":3", StringComparison.Ordinal)))));
    }

    /// <returns>How many lines hold; null where the chain does not.</returns>
    private async Task<int?> HoldsAsync(Func<string, string> tamper)
    {
        using var output = new MemoryStream();
        await @case.Record.ExportAsync(@case.Id, output, Cancellation);
        var rows = tamper(Encoding.UTF8.GetString(output.ToArray())).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => JsonNode.Parse(row)!.AsObject())
            .ToList();
        var end = rows[^1];
        var previous = Hex(Encoding.UTF8.GetBytes((string)end["case"]!));
        var lines = rows.Where(row => row.ContainsKey("number")).ToList();
        foreach (var (index, line) in lines.Index())
        {
            if (Hash(line, (string)end["case"]!, index + 1, previous) != (string)line["hash"]!)
                return null;
            previous = (string)line["hash"]!;
        }
        return (int)end["lines"]! == lines.Count && (string)end["hash"]! == previous ? lines.Count : null;
    }

    private static string Hash(JsonObject line, string owner, int number, string previous)
    {
        var facts = line["facts"]!.AsObject().OrderBy(fact => fact.Key, StringComparer.Ordinal).ToList();
        List<string> texts =
        [
            "privacyflows-record-1", owner, Decimal(number), (string)line["at"]!, (string)line["key"]!, (string)line["text"]!,
            Decimal(facts.Count),
        ];
        texts.AddRange(facts.SelectMany(fact => new[] { fact.Key, (string)fact.Value! }));
        texts.Add(previous);
        return Hex(texts.SelectMany(text => Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetByteCount(text)}:{text},")).ToArray());
    }

    private static string Decimal(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hex(byte[] data) => Convert.ToHexString(SHA256.HashData(data)).ToLowerInvariant();
}
