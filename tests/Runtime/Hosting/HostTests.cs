using System.Net;
using System.Net.Sockets;
using LocalFunctions.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Hosting;

public sealed class HostTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_hosts_run_side_by_side_in_one_process()
    {
        await using var first = await HostUnderTest.StartAsync(azurite, typeof(WhoAmI), "--Me=first");
        await using var second = await HostUnderTest.StartAsync(azurite, typeof(WhoAmI), "--Me=second");

        Assert.Equal("first", await first.Client.GetStringAsync("/api/me", Cancellation));
        Assert.Equal("second", await second.Client.GetStringAsync("/api/me", Cancellation));
    }

    [Fact]
    public async Task A_host_can_be_stopped_and_started_again_on_the_same_port_and_data()
    {
        var folder = Directory.CreateTempSubdirectory("privacyflows-host-").FullName;
        var port = 0;
        for (var i = 0; i < 2; i++)
        {
            await using var host = await HostUnderTest.StartAsync(azurite, typeof(WhoAmI), "--data", folder, "--port", $"{port}", "--Me=again");
            port = host.Host.BaseAddress.Port;
            Assert.Equal("again", await host.Client.GetStringAsync("/api/me", Cancellation));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_address_in_letters_follows_the_port_unless_one_is_named()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(WhoAmI));
        await using var named = await HostUnderTest.StartAsync(azurite, typeof(WhoAmI), "--Site:BaseUrl=https://privacy.spectrum.tech");

        Assert.Equal($"http://localhost:{host.Host.BaseAddress.Port}", host.Service<IConfiguration>()["Site:BaseUrl"]);
        Assert.Equal("https://privacy.spectrum.tech", named.Service<IConfiguration>()["Site:BaseUrl"]);
    }

    [Fact]
    public async Task Settings_come_from_the_sample_file_and_every_storage_is_the_one_that_runs()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(WhoAmI), "--BundleStorage=elsewhere");
        var settings = host.Service<IConfiguration>();

        Assert.Equal("dataprivacy@spectrum.tech", settings["Mailbox:Address"]);
        Assert.Equal(azurite.ConnectionString, settings["CaseStorage"]);
        Assert.Equal("elsewhere", settings["BundleStorage"]);
    }

    [Fact]
    public async Task The_clock_is_the_apps_TimeProvider_also_where_the_app_offers_its_own()
    {
        var builder = HostUnderTest.Builder(azurite, [typeof(WhoAmI)]);
        builder.Services.TryAddSingleton(TimeProvider.System);
        await using var host = await HostUnderTest.StartAsync(builder);

        Assert.Same(host.Host.Clock, host.Service<TimeProvider>());
    }

    [Fact]
    public async Task Given_a_port_in_use_Then_it_says_so_and_what_to_do()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var fault = await Assert.ThrowsAsync<LocalSetupException>(() => HostUnderTest.StartAsync(azurite, typeof(WhoAmI), "--port", $"{port}"));

        Assert.Contains($"Port {port} is in use", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--port", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seven")]
    [InlineData("-1")]
    [InlineData("65536")]
    public async Task Given_a_port_that_is_none_Then_it_says_so(string port)
    {
        var fault = await Assert.ThrowsAsync<LocalSetupException>(() => HostUnderTest.StartAsync(azurite, typeof(WhoAmI), "--port", port));

        Assert.Contains($"'{port}' is not a port", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_data_folder_in_use_Then_it_says_by_whom()
    {
        var folder = Directory.CreateTempSubdirectory("privacyflows-host-").FullName;
        await using (var first = await HostUnderTest.StartAsync(azurite, typeof(WhoAmI), "--data", folder))
        {
            var fault = await Assert.ThrowsAsync<LocalSetupException>(() => HostUnderTest.StartAsync(azurite, typeof(WhoAmI), "--data", folder));

            Assert.Contains($"process {Environment.ProcessId}, {first.Host.BaseAddress}", fault.Message, StringComparison.Ordinal);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_embedded_host_leaves_nothing_behind()
    {
        string folder;
        await using (var host = await HostUnderTest.StartAsync(azurite, typeof(WhoAmI)))
        {
            folder = host.Host.Machine.DataFolder;
            Assert.True(Directory.Exists(folder));
        }

        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:1/devstoreaccount1;TableEndpoint=http://127.0.0.1:1/devstoreaccount1")]
    [InlineData("nonsense")]
    public async Task Given_a_storage_that_does_not_answer_Then_it_says_so(string storage)
    {
        var fault = await Assert.ThrowsAsync<LocalSetupException>(() => HostUnderTest.StartAsync(azurite, typeof(WhoAmI), "--AzureWebJobsStorage", storage));

        Assert.Contains("AzureWebJobsStorage", fault.Message, StringComparison.Ordinal);
    }
}
