using Azure.Data.Tables;
using LocalMachine.Azurite;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Machine;

public sealed class AzuriteServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenARowWrittenJustBeforeTheEnd_WhenStartedAgain_ThenItIsThere()
    {
        var folder = Directory.CreateTempSubdirectory("privacyflows-azurite-").FullName;
        try
        {
            await using (var first = await AzuriteServer.StartAsync(folder, _ => { }, cancellation: Cancellation))
                await AddRowAsync(first);

            await using var second = await AzuriteServer.StartAsync(folder, _ => { }, cancellation: Cancellation);

            var row = await Table(second).GetEntityAsync<TableEntity>("a", "b", cancellationToken: Cancellation);
            Assert.Equal("kept", row.Value["value"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task GivenTwo_WhenTheyRunSideBySide_ThenEachHasItsOwnPortsAndRows()
    {
        string[] folders = [.. Enumerable.Range(0, 2).Select(_ => Directory.CreateTempSubdirectory("privacyflows-azurite-").FullName)];
        try
        {
            await using var first = await AzuriteServer.StartAsync(folders[0], _ => { }, cancellation: Cancellation);
            await using var second = await AzuriteServer.StartAsync(folders[1], _ => { }, cancellation: Cancellation);

            await AddRowAsync(first);

            Assert.NotEqual(first.ConnectionString, second.ConnectionString);
            Assert.Empty(new TableServiceClient(second.ConnectionString).Query(cancellationToken: Cancellation));
        }
        finally
        {
            Array.ForEach(folders, folder => Directory.Delete(folder, recursive: true));
        }
    }

    private static async Task AddRowAsync(AzuriteServer server)
    {
        await Table(server).CreateAsync(Cancellation);
        await Table(server).AddEntityAsync(new TableEntity("a", "b") { ["value"] = "kept" }, Cancellation);
    }

    private static TableClient Table(AzuriteServer server) => new(server.ConnectionString, "rows");
}
