using LocalFunctions.Builder;
using LocalFunctions.Hosting;
using LocalFunctions.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

[assembly: LocalCommand("test-command", typeof(Spectrum.PrivacyFlows.Tests.Runtime.Hosting.HostCommandTests.Answering), Description = "For tests.")]

namespace Spectrum.PrivacyFlows.Tests.Runtime.Hosting;

public sealed class HostCommandTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
}
