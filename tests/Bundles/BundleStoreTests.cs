using Azure.Storage.Blobs.Specialized;
using Spectrum.PrivacyFlows.Bundles;
using Spectrum.PrivacyFlows.Law;

namespace Spectrum.PrivacyFlows.Tests.Bundles;

public sealed class BundleStoreTests(AzuriteFixture azurite)
{
    private readonly BundleCase bundle = new(azurite);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_without_a_bundle_has_nothing_to_find() => Assert.Null(await bundle.Store.FindAsync(bundle.Id, Cancellation));

    [Fact]
    public async Task A_bundle_can_be_read_from_the_middle()
    {
        await BuildAsync();
        var whole = await bundle.BytesAsync();
        await using var stream = await bundle.Store.OpenReadAsync(bundle.Id, cancellation: Cancellation);

        stream.Seek(100, SeekOrigin.Begin);
        var part = new byte[50];
        await stream.ReadExactlyAsync(part, Cancellation);

        Assert.Equal(whole.Length, stream.Length);
        Assert.Equal(whole[100..150], part);
    }

    [Fact]
    public async Task S4_Destroying_leaves_no_blob_of_bundle_or_staging()
    {
        await BuildAsync();
        Assert.NotEmpty(await bundle.Store.FindLeftoversAsync(bundle.Id, Cancellation));
        Assert.False(await bundle.Store.VerifyDestroyedAsync(bundle.Id, Cancellation));

        await bundle.Store.DestroyAsync(bundle.Id, Cancellation);
        await bundle.Store.DestroyAsync(bundle.Id, Cancellation);

        Assert.True(await bundle.Store.VerifyDestroyedAsync(bundle.Id, Cancellation));
        Assert.Null(await bundle.Store.FindAsync(bundle.Id, Cancellation));
        Assert.Null(await bundle.Staging.FindAsync(bundle.Id, "crm", Cancellation));
    }

    [Fact]
    public async Task Half_an_upload_is_a_leftover()
    {
        var container = bundle.Storage.Blobs.GetBlobContainerClient(bundle.Id.BundleContainer);
        await container.CreateAsync(cancellationToken: Cancellation);
        await container.GetBlockBlobClient("bundle.zip")
            .StageBlockAsync("AAAA", new MemoryStream([1, 2, 3]), cancellationToken: Cancellation);

        Assert.Contains($"{bundle.Id.BundleContainer}/bundle.zip", await bundle.Store.FindLeftoversAsync(bundle.Id, Cancellation));
        await bundle.Store.DestroyAsync(bundle.Id, Cancellation);
        Assert.Empty(await bundle.Store.FindLeftoversAsync(bundle.Id, Cancellation));
    }

    private async Task BuildAsync()
    {
        await bundle.StageAsync(ExampleSystems.Crm, [], ["""{"id":1,"text":"a"}"""]);
        await bundle.BuildAsync([ExampleSystems.Crm], Right.Access);
    }
}
