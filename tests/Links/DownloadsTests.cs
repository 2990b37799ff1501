using Spectrum.PrivacyFlows.Links;

namespace Spectrum.PrivacyFlows.Tests.Links;

public sealed class DownloadsTests
{
    private readonly LinkCase @case;
    private readonly Downloads downloads;

    public DownloadsTests(AzuriteFixture azurite)
    {
        @case = new LinkCase(azurite);
        downloads = new Downloads(@case.Storage);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenFiveDownloads_TheSixthDoesNotStart()
    {
        Assert.Equal(0, await downloads.CountAsync(@case.Id, Cancellation));
        for (var start = 1; start <= 5; start++)
            Assert.True(await downloads.TryStartAsync(@case.Id, $"link{start}", 5, Cancellation));
        Assert.False(await downloads.TryStartAsync(@case.Id, "another", 5, Cancellation));
        Assert.Equal(5, await downloads.CountAsync(@case.Id, Cancellation));
    }

    [Fact]
    public async Task GivenManyAtOnce_OnlySoManyStart()
    {
        var started = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => downloads.TryStartAsync(@case.Id, $"link{i}", 5, Cancellation)));
        Assert.Equal(5, started.Count(yes => yes));
        Assert.Equal(5, await downloads.CountAsync(@case.Id, Cancellation));
    }

    [Fact]
    public async Task GivenOneLinkInManyRequests_ItIsOneDownload_AlsoOnceTheLimitIsReached()
    {
        var started = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => downloads.TryStartAsync(@case.Id, "one", 2, Cancellation)));
        Assert.All(started, Assert.True);
        Assert.True(await downloads.TryStartAsync(@case.Id, "two", 2, Cancellation));
        Assert.False(await downloads.TryStartAsync(@case.Id, "three", 2, Cancellation));
        Assert.True(await downloads.TryStartAsync(@case.Id, "one", 2, Cancellation));
        Assert.Equal(2, await downloads.CountAsync(@case.Id, Cancellation));
    }
}
