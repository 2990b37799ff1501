using Azure.Data.Tables;
using Spectrum.PrivacyFlows.Evidence;

namespace Spectrum.PrivacyFlows.Tests.Evidence;

/// <summary>Whoever may write to the table can make a whole new record; the anchors, which nobody can change, show it.</summary>
public sealed class AnchorTests(AzuriteFixture azurite)
{
    private readonly FreshCase @case = new(azurite);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private EvidenceAnchors Anchors => new(@case.Storage, @case.Record, @case.Clock);

    private string Owner => @case.Id.ToString();

    [Fact]
    public async Task S3_GivenARecordThatGrows_EachEndIsKeptOnce_AndAllHolds()
    {
        await @case.AppendAsync(3);
        await Anchors.AnchorAsync(Owner, Cancellation);
        await Anchors.AnchorAsync(Owner, Cancellation);
        await @case.Record.AppendAsync(@case.Id, "more", "More was done.", cancellation: Cancellation);
        await Anchors.AnchorAsync(Owner, Cancellation);
        Assert.Equal([$"{Owner}/0000000003.json", $"{Owner}/0000000004.json"], await BlobsAsync());
        Assert.Null(await Anchors.FindBreakAsync(Owner, Cancellation));
    }

    [Fact]
    public async Task S3_GivenNoRecord_NothingIsKept_AndNothingIsWrong()
    {
        await Anchors.AnchorAsync(Owner, Cancellation);
        Assert.Empty(await BlobsAsync());
        Assert.Null(await Anchors.FindBreakAsync(Owner, Cancellation));
    }

    [Fact]
    public async Task S3_GivenAWholeNewRecordWhoseOwnChainHolds_TheAnchorShowsIt()
    {
        await @case.AppendAsync(3);
        await Anchors.AnchorAsync(Owner, Cancellation);
        await DeleteRecordAsync();
        foreach (var step in new[] { "one", "two", "three", "four" })
            await @case.Record.AppendAsync(@case.Id, step, "It was otherwise.", cancellation: Cancellation);
        Assert.Null(await @case.FindBreakAsync());
        Assert.Equal(
            "Line 3 is not the one that was anchored: the record was written anew.", await Anchors.FindBreakAsync(Owner, Cancellation));
    }

    [Fact]
    public async Task S3_GivenARecordThatWasCut_TheAnchorShowsIt()
    {
        await @case.AppendAsync(3);
        await Anchors.AnchorAsync(Owner, Cancellation);
        await DeleteRecordAsync();
        Assert.Null(await @case.FindBreakAsync());
        Assert.Equal(
            "Line 3 was anchored and is not there: the record was cut or written anew.", await Anchors.FindBreakAsync(Owner, Cancellation));
    }

    [Fact]
    public async Task AnAnchor_HoldsNumbersAndHashesOnly()
    {
        await @case.AppendAsync(2);
        await Anchors.AnchorAsync(Owner, Cancellation);
        var container = @case.Storage.Blobs.GetBlobContainerClient("evidence");
        var text = (await container.GetBlobClient($"{Owner}/0000000002.json").DownloadContentAsync(Cancellation)).Value.Content.ToString();
        var hash = (await @case.LinesAsync())[1].Hash;
        Assert.Equal($"{{\"case\":\"{Owner}\",\"lines\":2,\"hash\":\"{hash}\",\"at\":\"2026-11-23T09:32:00+00:00\"}}", text);
    }

    private async Task<List<string>> BlobsAsync()
    {
        var container = @case.Storage.Blobs.GetBlobContainerClient("evidence");
        return await container.ExistsAsync(Cancellation)
            ? await container.GetBlobsAsync(cancellationToken: Cancellation)
                .Select(blob => blob.Name)
                .Where(name => name.StartsWith(Owner, StringComparison.Ordinal))
                .ToListAsync(Cancellation)
            : [];
    }

    private async Task DeleteRecordAsync()
    {
        var table = @case.Table("Evidence");
        await foreach (var row in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Owner}"), cancellationToken: Cancellation))
            await table.DeleteEntityAsync(row, cancellationToken: Cancellation);
    }
}
