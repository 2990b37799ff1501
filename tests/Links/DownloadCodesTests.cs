using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Links;

namespace Spectrum.PrivacyFlows.Tests.Links;

public sealed class DownloadCodesTests
{
    private readonly LinkCase @case;
    private readonly DownloadCodes codes;

    public DownloadCodesTests(AzuriteFixture azurite)
    {
        @case = new LinkCase(azurite);
        codes = new DownloadCodes(@case.Storage, new LinkSettings(new Uri("https://privacy.example.org"), LinkCase.Key), @case.Clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task S1_TheRightCode_WorksOnce()
    {
        var issued = await IssueAsync();
        Assert.Matches("^[0-9]{6}$", issued.Code);
        Assert.Equal(CodeState.Right, await TryAsync(issued.Code));
        Assert.Equal(CodeState.Expired, await TryAsync(issued.Code));
    }

    [Fact]
    public async Task S1_FiveWrongTries_AndTheSixthIsRefusedEvenWhereItIsRight()
    {
        var issued = await IssueAsync();
        for (var left = 4; left >= 1; left--)
            Assert.Equal(new CodeCheck(CodeState.Wrong, left), await codes.TryAsync(@case.Id, Other(issued.Code), Cancellation));
        Assert.Equal(CodeState.TooManyTries, await TryAsync(Other(issued.Code)));
        Assert.Equal(CodeState.TooManyTries, await TryAsync(issued.Code));
    }

    [Fact]
    public async Task S1_FourWrongTries_AndTheFifthIsRight()
    {
        var issued = await IssueAsync();
        for (var time = 0; time < 4; time++)
            await TryAsync(Other(issued.Code));
        Assert.Equal(CodeState.Right, await TryAsync(issued.Code));
    }

    [Fact]
    public async Task S1_ExpiresExactlyTenMinutesLater()
    {
        var issued = await IssueAsync();
        @case.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Equal(CodeState.Wrong, await TryAsync(Other(issued.Code)));
        @case.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(CodeState.Expired, await TryAsync(issued.Code));
    }

    [Fact]
    public async Task S1_AFreshCode_VoidsTheOneBefore_AndBringsItsOwnTries()
    {
        var first = await IssueAsync();
        for (var time = 0; time < 5; time++)
            await TryAsync(Other(first.Code));
        var second = await IssueAsync();
        Assert.Equal(first.Number + 1, second.Number);
        if (first.Code != second.Code)
            Assert.Equal(new CodeCheck(CodeState.Wrong, 4), await codes.TryAsync(@case.Id, first.Code, Cancellation));
        Assert.Equal(CodeState.Right, await TryAsync(second.Code));
    }

    [Fact]
    public async Task S1_TenCodesADay_AndTheLastStaysGood()
    {
        IssuedCode last = null!;
        for (var number = 1; number <= 10; number++)
            last = await IssueAsync();
        Assert.Equal(10, last.Number);
        Assert.Null(await codes.IssueAsync(@case.Id, "link", Caller(), Cancellation));
        Assert.Equal(CodeState.Right, await TryAsync(last.Code));
        @case.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(11, (await IssueAsync()).Number);
    }

    [Fact]
    public async Task S1_FiveWrongTriesAtOnce_AreFiveTries()
    {
        var issued = await IssueAsync();
        var checks = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => codes.TryAsync(@case.Id, Other(issued.Code), Cancellation)));
        Assert.Equal([0, 1, 2, 3, 4], checks.Select(check => check.TriesLeft).Order());
        Assert.Equal(CodeState.TooManyTries, await TryAsync(issued.Code));
    }

    [Fact]
    public async Task S1_TheRightCodeManyTimesAtOnce_OpensOnce()
    {
        var issued = await IssueAsync();
        var checks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => codes.TryAsync(@case.Id, issued.Code, Cancellation)));
        Assert.Single(checks, check => check.IsRight);
    }

    [Fact]
    public async Task S1_ADigestMovedToAnotherCase_OpensNothingThere()
    {
        var issued = await IssueAsync();
        var table = @case.Storage.Tables.GetTableClient("Codes");
        var row = (await table.GetEntityAsync<TableEntity>(@case.Id.ToString(), "code", cancellationToken: Cancellation)).Value;
        var other = new PrivacyFlows.Cases.CaseId(2025, @case.Id.Number);
        row.PartitionKey = other.ToString();
        await table.AddEntityAsync(row, Cancellation);
        Assert.Equal(CodeState.Wrong, (await codes.TryAsync(other, issued.Code, Cancellation)).State);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345x")]
    [InlineData("١٢٣٤٥٦")]
    public async Task GivenNoSixDigits_ItIsWrong_AndNoTry(string? code)
    {
        await IssueAsync();
        Assert.Equal(new CodeCheck(CodeState.Wrong, 5), await codes.TryAsync(@case.Id, code!, Cancellation));
    }

    [Fact]
    public async Task GivenNoCodeWasSent_ThereIsNothingToTry() => Assert.Equal(CodeState.Expired, await TryAsync("000000"));

    [Fact]
    public async Task S1_TheTableDoesNotHoldTheCode()
    {
        var issued = await IssueAsync();
        var row = (await @case.Storage.Tables.GetTableClient("Codes")
            .GetEntityAsync<TableEntity>(@case.Id.ToString(), "code", cancellationToken: Cancellation)).Value;
        Assert.DoesNotContain(row, property => property.Value as string == issued.Code);
        Assert.DoesNotContain(issued.Code, issued.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void GivenAProblem_ThePersonIsToldWhatToDo()
    {
        Assert.Equal("That is not the code we sent. You can try once more.", new CodeCheck(CodeState.Wrong, 1).Problem);
        Assert.Equal("That is not the code we sent. You can try 3 more times.", new CodeCheck(CodeState.Wrong, 3).Problem);
        Assert.Contains("ask for a fresh one", new CodeCheck(CodeState.Expired, 0).Problem, StringComparison.Ordinal);
        Assert.Contains("ask for a fresh one", new CodeCheck(CodeState.TooManyTries, 0).Problem, StringComparison.Ordinal);
        Assert.Empty(new CodeCheck(CodeState.Right, 0).Problem);
    }

    [Fact]
    public async Task S1_OneCallerUsesUpTheirShare_AndAnotherIsNotLockedOut()
    {
        for (var number = 1; number <= 5; number++)
            Assert.NotNull(await codes.IssueAsync(@case.Id, "link", "thief", Cancellation));
        Assert.Null(await codes.IssueAsync(@case.Id, "link", "thief", Cancellation));
        Assert.NotNull(await codes.IssueAsync(@case.Id, "link", "owner", Cancellation));
    }

    [Fact]
    public async Task S1_AFreshLinkHasCodesOfItsOwn_AndThereAreThreeADay()
    {
        for (var number = 1; number <= 10; number++)
            Assert.NotNull(await codes.IssueAsync(@case.Id, "stolen", Caller(), Cancellation));
        Assert.Null(await codes.IssueAsync(@case.Id, "stolen", Caller(), Cancellation));
        Assert.NotNull(await codes.IssueAsync(@case.Id, "fresh", Caller(), Cancellation));
        Assert.Equal([1, 2, 3, null], [await FreshAsync(), await FreshAsync(), await FreshAsync(), await FreshAsync()]);
        @case.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(4, await FreshAsync());
    }

    private Task<int?> FreshAsync() => codes.TakeFreshLinkAsync(@case.Id, Cancellation);

    /// <summary>Another one each time.</summary>
    private static string Caller() => Guid.NewGuid().ToString("N");

    private async Task<IssuedCode> IssueAsync() =>
        await codes.IssueAsync(@case.Id, "link", Caller(), Cancellation) ?? throw new InvalidOperationException("No code was issued.");

    private async Task<CodeState> TryAsync(string code) => (await codes.TryAsync(@case.Id, code, Cancellation)).State;

    private static string Other(string code) => code == "000000" ? "000001" : "000000";
}
