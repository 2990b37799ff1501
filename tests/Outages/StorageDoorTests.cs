using Azure;
using Azure.Data.Tables;

namespace Spectrum.PrivacyFlows.Tests.Outages;

/// <summary>The door shuts: without this, no test behind it could fail.</summary>
public sealed class StorageDoorTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(Outage.Refused)]
    [InlineData(Outage.Silent)]
    public async Task GivenAClosedDoor_WhenTheStorageIsAsked_ThenItIsAwayUntilTheDoorOpens(Outage outage)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var door = new StorageDoor(azurite.ConnectionString);
        var options = new TableClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromSeconds(1) } };
        var table = new TableClient(door.ConnectionString, "D" + Guid.NewGuid().ToString("N"), options);
        await table.CreateAsync(cancellation);
        door.Close(outage);
        var away = await Assert.ThrowsAnyAsync<Exception>(() => table.AddEntityAsync(new TableEntity("a", "b"), cancellation));
        Assert.True(away is RequestFailedException or TaskCanceledException, away.GetType().Name);
        door.Open();
        await table.AddEntityAsync(new TableEntity("c", "d"), cancellation);
        Assert.Single(await table.QueryAsync<TableEntity>(cancellationToken: cancellation).ToListAsync(cancellation));
    }
}
