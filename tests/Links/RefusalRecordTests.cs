using Spectrum.PrivacyFlows.Links;

namespace Spectrum.PrivacyFlows.Tests.Links;

public sealed class RefusalRecordTests(AzuriteFixture azurite)
{
    private readonly LinkCase @case = new(azurite);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S2_EveryRefusalIsRecorded_WithItsReason_AndWithoutTheToken()
    {
        await @case.OpenAsync();
        var token = await @case.TokenAsync(LinkPurpose.Download);
        await @case.CheckAsync("forged", LinkPurpose.Download);
        var passed = await @case.CheckAsync(token, LinkPurpose.Download);
        @case.Clock.SetUtcNow(@case.Expires);
        await @case.CheckAsync(token, LinkPurpose.Download);

        var refusals = (await @case.LinesAsync()).Where(line => line.Key.StartsWith("link-refused/", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            [
                "The “download” link was refused: it is not one of ours, or was altered.",
                "The “download” link was refused: its time is over.",
            ],
            refusals.Select(line => line.Text));
        Assert.Equal(
            ("download", "expired", passed.Id), (refusals[1].Facts["purpose"], refusals[1].Facts["reason"], refusals[1].Facts["link"]));
        Assert.DoesNotContain(refusals, line => line.Facts.ContainsKey(token) || line.Facts.Values.Contains(token));
    }

    [Fact]
    public async Task S2_AUseIsRecorded_AndALookIsNot()
    {
        await @case.OpenAsync();
        var check = await @case.CheckAsync(await @case.TokenAsync());
        Assert.Single(await @case.LinesAsync());
        await @case.Links.TryUseAsync(check, Cancellation);
        Assert.Equal("The “approve” link was used; it works once.", (await @case.LinesAsync())[^1].Text);
    }

    [Fact]
    public async Task GivenNoSuchCase_TheRefusalGoesToTheSystemsRecord()
    {
        var before = await SystemLinesAsync();
        await @case.CheckAsync("forged");
        Assert.Empty(await @case.LinesAsync());
        Assert.True(await SystemLinesAsync() > before);
    }

    [Fact]
    public async Task GivenTheSameRefusalAgainAndAgain_TheRecordGrowsOnlySoFar()
    {
        await @case.OpenAsync();
        for (var time = 0; time < 110; time++)
            await @case.CheckAsync("forged");
        Assert.Equal(1 + 100 + 1, (await @case.LinesAsync()).Count);
    }

    private async Task<int> SystemLinesAsync() =>
        await @case.Record.ReadSystemAsync(Cancellation)
            .CountAsync(line => line.Key.StartsWith("link-refused/", StringComparison.Ordinal), Cancellation);
}
