using LocalFunctions.Builder;
using LocalFunctions.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Hosting;

public sealed class HostServiceTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
