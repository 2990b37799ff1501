using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.Evidence;

public sealed class BoundedLinesTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private readonly FreshCase @case = new(azurite);

    [Fact]
    public async Task GivenMoreThanADaysShare_OneLineSaysSo_AndTheRestIsOnlyCounted()
    {
        var lined = new List<bool>();
        for (var time = 0; time < 6; time++)
            lined.Add(await ViewAsync());
        Assert.Equal([true, true, true, false, false, false], lined);
        var lines = await @case.LinesAsync();
        Assert.Equal(4, lines.Count);
        Assert.Equal("More than 3 such events happened today; the others are counted but not listed.", lines[3].Text);
        Assert.Contains("\"kind\":\"viewed\",\"count\":6", await ExportAsync(), StringComparison.Ordinal);
        Assert.Null(await @case.FindBreakAsync());
    }

    [Fact]
    public async Task GivenTheNextDayInLondon_ItBeginsAnew()
    {
        for (var time = 0; time < 4; time++)
            await ViewAsync();
        @case.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 23, 23, 59, 59, TimeSpan.Zero));
        Assert.False(await ViewAsync());
        @case.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await ViewAsync());
    }

    [Fact]
    public async Task GivenAnotherKindOrCase_ItHasAShareOfItsOwn()
    {
        for (var time = 0; time < 4; time++)
            await ViewAsync();
        Assert.True(await @case.Record.AppendBoundedAsync(@case.Id, "link-refused", "Refused.", maxPerDay: 3, cancellation: Cancellation));
        Assert.True(await @case.Record.AppendBoundedAsync(
            new FreshCase(azurite).Id, "viewed", "Viewed.", maxPerDay: 3, cancellation: Cancellation));
    }

    [Fact]
    public async Task GivenAFloodAtOnce_NoMoreLinesThanTheShare()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ViewAsync()));
        Assert.Equal(4, (await @case.LinesAsync()).Count);
        Assert.Null(await @case.FindBreakAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task GivenAShareOutOfRange_ItIsRefused(int maxPerDay) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            @case.Record.AppendBoundedAsync(@case.Id, "viewed", "Viewed.", maxPerDay: maxPerDay, cancellation: Cancellation));

    [Fact]
    public async Task GivenTooLongAText_NothingIsCounted()
    {
        await Assert.ThrowsAsync<ArgumentException>(() =>
            @case.Record.AppendBoundedAsync(@case.Id, "viewed", new string('t', 1_001), cancellation: Cancellation));
        Assert.DoesNotContain("viewed", await ExportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenWhatBelongsToNoCase_TheSystemsOwnRecordHasIt_AndHolds()
    {
        var mark = Guid.NewGuid().ToString("N");
        await @case.Record.AppendToSystemAsync($"test-{mark}", "Something happened.", cancellation: Cancellation);
        Assert.Single(
            await @case.Record.ReadSystemAsync(Cancellation).ToListAsync(Cancellation), line => line.Key == $"test-{mark}/2026-11-23/1");
        Assert.Null(await @case.Record.FindSystemBreakAsync(Cancellation));
        Assert.Empty(await @case.LinesAsync());
    }

    private Task<bool> ViewAsync() =>
        @case.Record.AppendBoundedAsync(@case.Id, "viewed", "The page was viewed.", maxPerDay: 3, cancellation: Cancellation);

    private async Task<string> ExportAsync()
    {
        using var output = new MemoryStream();
        await @case.Record.ExportAsync(@case.Id, output, Cancellation);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }
}
