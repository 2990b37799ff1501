using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Links;
using Spectrum.PrivacyFlows.Tests.Exchange;

namespace Spectrum.PrivacyFlows.Tests.Links;

public sealed class ForgedLinkTests(AzuriteFixture azurite)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private readonly LinkCase @case = new(azurite);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S2_AlteredInAnyOneCharacter_IsForged()
    {
        var token = await @case.TokenAsync();
        for (var position = 0; position < token.Length; position++)
        {
            var other = Alphabet[(Alphabet.IndexOf(token[position], StringComparison.Ordinal) + 1) % Alphabet.Length];
            Assert.Null(LinkToken.Read(token[..position] + other + token[(position + 1)..], @case.Id, [LinkCase.Key]));
        }
        Assert.NotNull(LinkToken.Read(token, @case.Id, [LinkCase.Key]));
    }

    [Fact]
    public async Task S2_OfAnotherCase_IsForged()
    {
        var other = new LinkCase(azurite);
        Assert.Equal(LinkState.Forged, (await @case.CheckAsync(await other.TokenAsync())).State);
    }

    [Fact]
    public async Task S2_OfAnotherPurpose_IsForged()
    {
        var later = await @case.TokenAsync(LinkPurpose.DecideLater);
        foreach (var purpose in Enum.GetValues<LinkPurpose>().Where(purpose => purpose != LinkPurpose.DecideLater))
            Assert.Equal(LinkState.Forged, (await @case.CheckAsync(later, purpose)).State);
    }

    [Fact]
    public async Task S2_SignedButNeverMade_IsForged()
    {
        var token = LinkToken.For(@case.Id, LinkPurpose.Approve, LinkCase.Scope, @case.Expires).Sign(@case.Id, LinkCase.Key);
        var check = await @case.CheckAsync(token);
        Assert.Equal((LinkState.Forged, @case.Id), (check.State, check.CaseId));
    }

    [Fact]
    public async Task S2_WithAScopeChangedInTheTable_IsForged()
    {
        var token = await @case.TokenAsync();
        var row = new TableEntity(@case.Id.ToString(), (await @case.CheckAsync(token)).Id) { ["Scope"] = "round 2 sha256 cd34" };
        await @case.Storage.Tables.GetTableClient("Links").UpdateEntityAsync(row, Azure.ETag.All, TableUpdateMode.Merge, Cancellation);
        Assert.Equal(LinkState.Forged, (await @case.CheckAsync(token, scope: "round 2 sha256 cd34")).State);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("====")]
    [InlineData("../../etc/passwd")]
    [InlineData("%00")]
    [InlineData("\0\u2028😀")]
    [InlineData("AQ")]
    public async Task S2_Nonsense_IsForged(string? token)
    {
        var check = await @case.CheckAsync(token!);
        Assert.Equal((LinkState.Forged, null, ""), (check.State, check.CaseId, check.Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(1_000_000)]
    public void S2_AnyLength_IsForged(int length) => Assert.Null(LinkToken.Read(new string('A', length), @case.Id, [LinkCase.Key]));

    [Fact]
    public async Task S2_GoodTokenWithMoreAround_IsForged()
    {
        var token = await @case.TokenAsync();
        Assert.All(
            [" " + token, token + "\n", token + "=", token + "A", token[..^1], token[..^1] + "=", token[..^2] + "==", token[..^1] + " "],
            altered => Assert.Null(LinkToken.Read(altered, @case.Id, [LinkCase.Key])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("SYSTEM")]
    [InlineData("PR-2026-1")]
    [InlineData("pr-2026-000001")]
    [InlineData("PR-2026-000001' or '1' eq '1")]
    public async Task S2_ForNoCase_IsForged(string caseId)
    {
        var check = await @case.Links.CheckAsync(caseId, LinkPurpose.Approve, await @case.TokenAsync(), null, Cancellation);
        Assert.Equal((LinkState.Forged, null), (check.State, check.CaseId));
    }
}
