using Spectrum.PrivacyFlows.Evidence;

namespace Spectrum.PrivacyFlows.Tests.Evidence;

public sealed class EvidenceLogTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private readonly FreshCase @case = new(azurite);

    [Fact]
    public async Task S3_LinesComeBackInOrder_WithWhatWasWritten()
    {
        await @case.AppendAsync(3);
        var lines = await @case.LinesAsync();
        Assert.Equal([1, 2, 3], lines.Select(line => line.Number));
        Assert.Equal(("step/2", "Step 2 was done.", "2"), (lines[1].Key, lines[1].Text, lines[1].Facts["count"]));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 9, 31, 0, TimeSpan.Zero), lines[1].At);
        Assert.Null(await @case.FindBreakAsync());
    }

    [Fact]
    public async Task S3_EachLineNamesTheHashOfTheOneBefore()
    {
        await @case.AppendAsync(3);
        var lines = await @case.LinesAsync();
        Assert.Equal(lines[0].Hash, lines[1].PreviousHash);
        Assert.Equal(lines[1].Hash, lines[2].PreviousHash);
        Assert.Equal(3, lines.Select(line => line.Hash).Distinct().Count());
        Assert.Equal(new EvidenceHead(3, lines[2].Hash), await @case.Record.HeadAsync(@case.Id, Cancellation));
    }

    [Fact]
    public async Task GivenALineOfThisKey_WhenAppendedAgain_TheFirstStands()
    {
        await @case.AppendAsync(2);
        await @case.Record.AppendAsync(@case.Id, "step/1", "Something else.", cancellation: Cancellation);
        var lines = await @case.LinesAsync();
        Assert.Equal(2, lines.Count);
        Assert.Equal("Step 1 was done.", lines[0].Text);
        Assert.Null(await @case.FindBreakAsync());
    }

    [Fact]
    public async Task GivenTwentyWritersAtOnce_OneChainHasThemAll()
    {
        await Task.WhenAll(Enumerable.Range(1, 20).Select(writer =>
            new EvidenceLog(@case.Storage, @case.Clock).AppendAsync(@case.Id, $"writer/{writer}", "Written.", cancellation: Cancellation)));
        var lines = await @case.LinesAsync();
        Assert.Equal(Enumerable.Range(1, 20), lines.Select(line => line.Number));
        Assert.Equal(20, lines.Select(line => line.Key).Distinct().Count());
        Assert.Null(await @case.FindBreakAsync());
    }

    [Fact]
    public async Task GivenOneKeyFromManyWritersAtOnce_ThereIsOneLine()
    {
        await Task.WhenAll(Enumerable.Range(1, 8)
            .Select(_ => @case.Record.AppendAsync(@case.Id, "acknowledged", "Acknowledged.", cancellation: Cancellation)));
        Assert.Single(await @case.LinesAsync());
        Assert.Null(await @case.FindBreakAsync());
    }

    [Fact]
    public async Task GivenNoRecord_ItIsEmptyAndHolds()
    {
        Assert.Empty(await @case.LinesAsync());
        Assert.Null(await @case.FindBreakAsync());
        Assert.False(await @case.Record.ExistsAsync(@case.Id, Cancellation));
    }

    [Fact]
    public async Task GivenTheMostALineHolds_ItComesBackWhole()
    {
        var facts = Enumerable.Range(0, 40)
            .ToDictionary(number => $"{number:D2}".PadRight(100, 'n'), number => new string((char)('é' + number), 2_000));
        await @case.Record.AppendAsync(@case.Id, new string('k', 200), "😀".PadRight(1_000, 't'), facts, Cancellation);
        var line = Assert.Single(await @case.LinesAsync());
        Assert.Equal(facts.OrderBy(fact => fact.Key, StringComparer.Ordinal), line.Facts);
        Assert.Null(await @case.FindBreakAsync());
    }

    [Theory]
    [InlineData("a\r\nb\tc")]
    [InlineData("  ends ")]
    [InlineData("\u0001\u001f\u007f\u2028\ufffe")]
    [InlineData("<b>&amp;\"'\\")]
    public async Task GivenUnusualText_ItComesBackAsItWas(string text)
    {
        await @case.Record.AppendAsync(
            @case.Id, text, text, new Dictionary<string, string> { ["value"] = text, ["empty"] = "" }, Cancellation);
        var line = Assert.Single(await @case.LinesAsync());
        Assert.Equal((text, text, text, ""), (line.Key, line.Text, line.Facts["value"], line.Facts["empty"]));
        Assert.Null(await @case.FindBreakAsync());
    }

    [Theory]
    [MemberData(nameof(TooMuch))]
    public async Task GivenMoreThanALineHolds_ItIsRefused_AndTheMessageRepeatsNothing(string key, string text, string name, string value)
    {
        var refusal = await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            @case.Record.AppendAsync(@case.Id, key, text, new Dictionary<string, string> { [name] = value }, Cancellation));
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await @case.LinesAsync());
    }

    public static TheoryData<string, string, string, string> TooMuch => new()
    {
        { "", "secret", "secret", "secret" },
        { "secret".PadRight(201), "secret", "secret", "secret" },
        { "secret", "", "secret", "secret" },
        { "secret", "secret".PadRight(1_001), "secret", "secret" },
        { "secret", "secret", "", "secret" },
        { "secret", "secret", "secret".PadRight(101), "secret" },
        { "secret", "secret", "secreté", "secret" },
        { "secret", "secret", "secret", "secret".PadRight(2_001) },
        { "secret", "secret\0", "secret", "secret" },
        { "secret", "secret", "secret", "secret\ud800" },
    };

    [Fact]
    public async Task GivenFortyOneFacts_TheyAreRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            @case.Record.AppendAsync(
                @case.Id, "key", "Text.", Enumerable.Range(0, 41).ToDictionary(number => $"{number}", number => ""), Cancellation));
}
