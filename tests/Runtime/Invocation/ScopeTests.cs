using System.Text;
using LocalFunctions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Invocation;

public sealed class ScopeTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_run_has_an_instance_and_services_of_its_own_that_live_until_the_answer_is_written()
    {
        var builder = HostUnderTest.Builder(azurite, [typeof(Injected)]);
        builder.Services.AddScoped<Scoped>();
        await using var host = await HostUnderTest.StartAsync(builder);

        var first = await host.Client.GetStringAsync("/api/Injected", Cancellation);
        var second = await host.Client.GetStringAsync("/api/Injected", Cancellation);

        Assert.StartsWith("Injected same scope alive", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
    }

    private sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Injected(Scoped scoped, IServiceProvider services)
    {
        private readonly Guid self = Guid.NewGuid();

        [Function(nameof(Injected))]
        public IResult Run([HttpTrigger("get")] HttpRequest request, FunctionContext context) =>
            Results.Stream(async body => await body.WriteAsync(Encoding.UTF8.GetBytes($"{context.FunctionDefinition.Name} {Same(context)} {(scoped.IsDisposed ? "gone" : "alive")} {self} {context.InvocationId}")));

        private string Same(FunctionContext context) =>
            services.GetRequiredService<Scoped>() == scoped && context.InstanceServices.GetRequiredService<Scoped>() == scoped ? "same scope" : "other scope";
    }
}
