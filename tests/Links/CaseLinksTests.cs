using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Tests.Exchange;

namespace Spectrum.PrivacyFlows.Tests.Links;

/// <summary>What each link may and may not do (S2).</summary>
public sealed class CaseLinksTests(AzuriteFixture azurite)
{
    private readonly LinkCase @case = new(azurite);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenALink_ItsUrlHasTheCaseThePageAndTheToken()
    {
        var link = await @case.Links.CreateAsync(@case.Id, LinkPurpose.CollectAgain, LinkCase.Scope, @case.Expires, Cancellation);
        Assert.StartsWith($"https://privacy.example.org/api/cases/{@case.Id}/collect-again/", link.AbsoluteUri, StringComparison.Ordinal);
        Assert.InRange(link.Segments[^1].Length, 1, 120);
        Assert.DoesNotContain("ab12", link.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenTheSameArguments_TheLinkIsTheSame_AndOtherwiseNot()
    {
        var first = await @case.TokenAsync();
        Assert.Equal(first, await @case.TokenAsync());
        Assert.NotEqual(first, await @case.TokenAsync(scope: "round 2 sha256 ab12"));
        Assert.NotEqual(first, await @case.TokenAsync(LinkPurpose.Refuse));
    }

    [Fact]
    public async Task GivenAGoodLink_ItIsValid_AsOftenAsOneLooks()
    {
        var token = await @case.TokenAsync();
        for (var look = 0; look < 3; look++)
            Assert.Equal((LinkState.Valid, @case.Id, LinkCase.Scope), await OutcomeAsync(token));
        Assert.Equal(LinkState.Valid, (await @case.CheckAsync(token, scope: LinkCase.Scope)).State);

        async Task<(LinkState, PrivacyFlows.Cases.CaseId?, string)> OutcomeAsync(string text)
        {
            var check = await @case.CheckAsync(text);
            return (check.State, check.CaseId, check.Scope);
        }
    }

    [Fact]
    public async Task S2_ExpiresExactlyAtItsMoment()
    {
        var token = await @case.TokenAsync();
        @case.Clock.SetUtcNow(@case.Expires.AddTicks(-1));
        Assert.Equal(LinkState.Valid, (await @case.CheckAsync(token)).State);
        @case.Clock.SetUtcNow(@case.Expires);
        Assert.Equal(LinkState.Expired, (await @case.CheckAsync(token)).State);
    }

    [Fact]
    public async Task S2_ActsOnce()
    {
        var token = await @case.TokenAsync();
        var check = await @case.CheckAsync(token);
        Assert.True(await @case.Links.TryUseAsync(check, Cancellation));
        Assert.False(await @case.Links.TryUseAsync(check, Cancellation));
        Assert.Equal(LinkState.Used, (await @case.CheckAsync(token)).State);
    }

    [Fact]
    public async Task S2_GivenManyAtOnce_OneWins()
    {
        var check = await @case.CheckAsync(await @case.TokenAsync());
        var wins = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => @case.Links.TryUseAsync(check, Cancellation)));
        Assert.Single(wins, won => won);
    }

    [Fact]
    public async Task S2_AUsedLinkMadeAgain_StaysUsed()
    {
        var check = await @case.CheckAsync(await @case.TokenAsync());
        await @case.Links.TryUseAsync(check, Cancellation);
        Assert.Equal(LinkState.Used, (await @case.CheckAsync(await @case.TokenAsync())).State);
    }

    [Fact]
    public async Task S2_Revoked_EndsTheLinksOfThesePurposesOnly_AndCannotBeUsed()
    {
        var approve = await @case.TokenAsync();
        var other = await @case.TokenAsync(LinkPurpose.Download);
        var passed = await @case.CheckAsync(approve);
        await @case.Links.RevokeAsync(@case.Id, [LinkPurpose.Approve, LinkPurpose.Refuse], Cancellation);
        Assert.Equal(LinkState.Revoked, (await @case.CheckAsync(approve)).State);
        Assert.False(await @case.Links.TryUseAsync(passed, Cancellation));
        Assert.Equal(LinkState.Revoked, (await @case.CheckAsync(await @case.TokenAsync())).State);
        Assert.Equal(LinkState.Valid, (await @case.CheckAsync(other, LinkPurpose.Download)).State);
    }

    [Fact]
    public async Task S2_ABundleBuiltSince_VoidsTheLink() =>
        Assert.Equal(LinkState.Revoked, (await @case.CheckAsync(await @case.TokenAsync(), scope: "round 2 sha256 cd34")).State);

    [Fact]
    public async Task S2_RevokedComesBeforeUsed_AndUsedBeforeExpired()
    {
        var token = await @case.TokenAsync();
        await @case.Links.TryUseAsync(await @case.CheckAsync(token), Cancellation);
        @case.Clock.SetUtcNow(@case.Expires);
        Assert.Equal(LinkState.Used, (await @case.CheckAsync(token)).State);
        await @case.Links.RevokeAsync(@case.Id, [LinkPurpose.Approve], Cancellation);
        Assert.Equal(LinkState.Revoked, (await @case.CheckAsync(token)).State);
    }

    [Theory]
    [InlineData(LinkState.Forged)]
    [InlineData(LinkState.Expired)]
    [InlineData(LinkState.Used)]
    [InlineData(LinkState.Revoked)]
    public async Task S2_ALinkThatWasNotLetPass_CannotBeUsed(LinkState state)
    {
        var check = await @case.CheckAsync(await @case.TokenAsync());
        Assert.False(await @case.Links.TryUseAsync(check with { State = state }, Cancellation));
        Assert.Equal(LinkState.Valid, (await @case.CheckAsync(await @case.TokenAsync())).State);
    }

    [Fact]
    public async Task GivenAChangedKey_LinksOfThePreviousOneStillAct_AndThoseOfNoKnownKeyDoNot()
    {
        var token = await @case.TokenAsync();
        var rotated = @case.With(LinkCase.NewKey, LinkCase.Key);
        var renewed = @case.With(LinkCase.NewKey);
        Assert.Equal(
            LinkState.Valid, (await rotated.CheckAsync(@case.Id.ToString(), LinkPurpose.Approve, token, null, Cancellation)).State);
        Assert.Equal(
            LinkState.Forged, (await renewed.CheckAsync(@case.Id.ToString(), LinkPurpose.Approve, token, null, Cancellation)).State);

        var again = (await rotated.CreateAsync(@case.Id, LinkPurpose.Approve, LinkCase.Scope, @case.Expires, Cancellation)).Segments[^1];
        Assert.NotEqual(token, again);
        Assert.Equal(
            LinkState.Valid, (await renewed.CheckAsync(@case.Id.ToString(), LinkPurpose.Approve, again, null, Cancellation)).State);
    }
}
