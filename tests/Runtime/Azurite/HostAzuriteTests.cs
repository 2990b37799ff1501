using System.Diagnostics;
using Azure.Data.Tables;
using LocalFunctions.Azurite;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Azurite;

public sealed class HostAzuriteTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_row_written_just_before_the_end_When_started_again_on_the_same_folder_Then_it_is_there()
    {
        var folder = Directory.CreateTempSubdirectory("privacyflows-azurite-").FullName;
        try
        {
            await using (var first = await AzuriteServer.StartAsync(folder, _ => { }, cancellation: Cancellation))
                await AddRowAsync(first);

            var watch = Stopwatch.StartNew();
            await using var second = await AzuriteServer.StartAsync(folder, _ => { }, cancellation: Cancellation);

            Assert.Equal("kept", (await Table(second).GetEntityAsync<TableEntity>("a", "b", cancellationToken: Cancellation)).Value["value"]);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"Starting took {watch.Elapsed}.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Two_run_side_by_side_on_ports_of_their_own()
    {
        var folders = new[] { Directory.CreateTempSubdirectory("privacyflows-azurite-").FullName, Directory.CreateTempSubdirectory("privacyflows-azurite-").FullName };
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
