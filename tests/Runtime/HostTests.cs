using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using LocalFunctions;
using LocalFunctions.Builder;
using LocalFunctions.Hosting;
using LocalFunctions.Setup;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

[assembly: LocalCommand("test-command", typeof(Spectrum.PrivacyFlows.Tests.Runtime.HostTests.Answering), Description = "For tests.")]

namespace Spectrum.PrivacyFlows.Tests.Runtime;

[SuppressMessage("Performance", "CA1859", Justification = "Functions have the shapes that an app gives them.")]
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

    [Fact]
    public async Task Local_services_start_in_order_before_the_app_and_end_after_it()
    {
        var plan = HostUnderTest.Plan(azurite, [typeof(WhoAmI)]);
        plan.ServiceTypes = [typeof(LateService), typeof(EarlyService)];
        var builder = new FunctionsApplicationBuilder(plan);
        Assert.Equal("set by a service", builder.Configuration["Me"]);
        builder.Services.AddHostedService<AppService>();
        var host = await HostUnderTest.StartAsync(builder);
        Assert.Equal("set by a service", await host.Client.GetStringAsync("/api/me", Cancellation));
        Assert.Contains("http://localhost:1/", await host.Client.GetStringAsync("/", Cancellation), StringComparison.Ordinal);
        var trail = (List<string>)((IConfigurationBuilder)host.Host.Machine.Configuration).Properties["trail"];

        await host.Host.Clock.AdvanceAsync(TimeSpan.Zero, Cancellation);
        await host.DisposeAsync();

        Assert.Equal(["early starts", "late starts", "app starts", "late settles", "app stops", "late ends", "early ends"], trail.Distinct());
    }

    [Fact]
    public async Task A_command_runs_when_all_has_started_and_its_result_ends_the_app()
    {
        var plan = HostUnderTest.Plan(azurite, [typeof(WhoAmI)]);
        plan.Command = new LocalCommandAttribute("answer", typeof(Answering));
        var builder = new FunctionsApplicationBuilder(plan);
        builder.Services.AddSingleton(new Wanted(7));
        await using var host = await HostUnderTest.StartAsync(builder);

        Assert.Equal(7, await host.Host.Command!.WaitAsync(TimeSpan.FromSeconds(20), Cancellation));

        Assert.True(host.Service<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task A_command_that_fails_ends_the_app_too()
    {
        var plan = HostUnderTest.Plan(azurite, [typeof(WhoAmI)]);
        plan.Command = new LocalCommandAttribute("answer", typeof(Answering));
        var builder = new FunctionsApplicationBuilder(plan);
        await using var host = await HostUnderTest.StartAsync(builder);

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Host.Command!.WaitAsync(TimeSpan.FromSeconds(20), Cancellation));

        Assert.True(host.Service<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public void An_unknown_command_is_answered_with_the_usage_and_the_commands_there_are()
    {
        var fault = Assert.Throws<LocalSetupException>(() => FunctionsApplication.CreateBuilder(["nonsense", "--LocalFunctions:Embedded=true"]));

        Assert.Contains("no command 'nonsense'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("test-command", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--mailbox-port", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, fault.ExitCode);
    }

    [Fact]
    public void Help_is_not_a_failure() =>
        Assert.Equal(0, Assert.Throws<LocalSetupException>(() => HostPlan.Read(["--help"])).ExitCode);

    [Fact]
    public void A_command_is_found_by_its_name_and_its_options_are_read()
    {
        var plan = HostPlan.Read(["test-command", "--data", "there"]);

        Assert.Equal(typeof(Answering), plan.Command!.Type);
        Assert.True(plan.Sets("data"));
        Assert.False(plan.Sets("port"));
    }

    internal sealed record Wanted(int Code);

    internal sealed class Answering(IServiceProvider services) : ILocalCommand
    {
        public async Task<int> RunAsync(LocalCommandContext context, CancellationToken cancellation)
        {
            using var http = new HttpClient { BaseAddress = context.BaseAddress };
            await http.GetStringAsync("/local/clock", cancellation);
            await context.Clock.AdvanceAsync(TimeSpan.FromDays(1), cancellation);
            Assert.Equal(HostUnderTest.Start.AddDays(1), context.Services.GetRequiredService<TimeProvider>().GetUtcNow());
            return services.GetRequiredService<Wanted>().Code;
        }
    }

    private sealed class WhoAmI(IConfiguration settings)
    {
        [Function("me")]
        public IActionResult Run([HttpTrigger("get")] HttpRequest request) => new ContentResult { Content = settings["Me"] };
    }

    private abstract class Service(string name, int order) : ILocalService
    {
        private List<string> trail = [];

        public int Order => order;

        public Task StartAsync(LocalMachine machine, CancellationToken cancellation)
        {
            var properties = ((IConfigurationBuilder)machine.Configuration).Properties;
            properties.TryAdd("trail", new List<string>());
            trail = (List<string>)properties["trail"];
            Add("starts");
            Assert.True(Directory.Exists(machine.DataFolder));
            machine.Configuration["Me"] = "set by a service";
            machine.Announce($"The {name} service is at http://localhost:1/");
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            Add("ends");
            return ValueTask.CompletedTask;
        }

        protected void Add(string what) => trail.Add($"{name} {what}");
    }

    private sealed class EarlyService() : Service("early", 1);

    private sealed class LateService() : Service("late", 2), ITimekeeper
    {
        public DateTimeOffset? NextDue => null;

        public Task SettleAsync(CancellationToken cancellation)
        {
            Add("settles");
            return Task.CompletedTask;
        }
    }

    private sealed class AppService(IConfiguration settings) : IHostedService
    {
        private List<string> Trail => (List<string>)((IConfigurationBuilder)settings).Properties["trail"];

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Trail.Add("app starts");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Trail.Add("app stops");
            return Task.CompletedTask;
        }
    }
}
