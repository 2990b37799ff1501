using Azure.Data.Tables;

namespace Spectrum.PrivacyFlows.Tests;

public sealed class AzuriteFixtureTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Azurite_answers()
    {
        var table = new TableClient(azurite.ConnectionString, "t" + Guid.NewGuid().ToString("N"));
        await table.CreateAsync(TestContext.Current.CancellationToken);
        await table.AddEntityAsync(new TableEntity("a", "b"), TestContext.Current.CancellationToken);
        Assert.Equal(
            "b",
            (await table.GetEntityAsync<TableEntity>("a", "b", cancellationToken: TestContext.Current.CancellationToken)).Value.RowKey);
    }
}
