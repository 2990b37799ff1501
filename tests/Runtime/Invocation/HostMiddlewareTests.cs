using System.Diagnostics.CodeAnalysis;
using LocalFunctions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Invocation;

[SuppressMessage("Performance", "CA1859", Justification = "Functions have the shapes that an app gives them.")]
public sealed class HostMiddlewareTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Middleware_runs_around_every_function_in_the_order_it_was_added()
    {
        var builder = HostUnderTest.Builder(azurite, [typeof(Two)]);
        builder.Services.AddSingleton<Trail>();
        builder.UseMiddleware<Outer>();
        builder.UseMiddleware(async (context, next) =>
        {
            context.InstanceServices.GetRequiredService<Trail>().Steps.Add("inner " + context.FunctionDefinition.Name);
            await next();
        });
        builder.UseWhen(context => context.FunctionDefinition.Name == "second", (context, next) =>
        {
            context.InstanceServices.GetRequiredService<Trail>().Steps.Add("only second");
            return next();
        });
        await using var host = await HostUnderTest.StartAsync(builder);

        Assert.Equal("from middleware", await host.Client.GetStringAsync("/api/first", Cancellation));
        Assert.Equal("from middleware", await host.Client.GetStringAsync("/api/second", Cancellation));

        Assert.Equal(["outer in", "inner first", "outer out", "outer in", "inner second", "only second", "outer out"], host.Service<Trail>().Steps);
    }

    [Fact]
    public async Task Middleware_can_keep_a_function_from_running_and_sees_its_failure()
    {
        var builder = HostUnderTest.Builder(azurite, [typeof(Thrower)]);
        builder.Services.AddSingleton<Trail>();
        builder.UseMiddleware(async (context, next) =>
        {
            try
            {
                await next();
            }
            catch (InvalidOperationException)
            {
                context.InstanceServices.GetRequiredService<Trail>().Steps.Add("caught");
            }
        });
        await using var host = await HostUnderTest.StartAsync(builder);

        using var response = await host.Client.GetAsync("/api/thrower", Cancellation);

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(["caught"], host.Service<Trail>().Steps);
    }

    [Fact]
    public async Task A_run_is_known_by_its_id_and_its_function()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(Known));

        var first = await host.Client.GetStringAsync("/api/known", Cancellation);
        var second = await host.Client.GetStringAsync("/api/known", Cancellation);

        Assert.StartsWith($"known {typeof(Known).FullName}.Run", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
    }

    private sealed class Trail
    {
        public List<string> Steps { get; } = [];
    }

    private sealed class Outer(Trail trail) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            trail.Steps.Add("outer in");
            context.Items["note"] = "from middleware";
            context.Features.Set(trail);
            await next(context);
            trail.Steps.Add("outer out");
        }
    }

    private static class Two
    {
        [Function("first")]
        public static IActionResult First([HttpTrigger("get")] HttpRequest request, FunctionContext context) => new ContentResult { Content = (string)context.Items["note"] };

        [Function("second")]
        public static IActionResult Second([HttpTrigger("get")] HttpRequest request, FunctionContext context)
        {
            Assert.NotNull(context.Features.Get<Trail>());
            Assert.Null(context.Features.Get<string>());
            return First(request, context);
        }
    }

    private static class Thrower
    {
        [Function("thrower")]
        public static IActionResult Run([HttpTrigger("get")] HttpRequest request) => throw new InvalidOperationException("thrown");
    }

    private static class Known
    {
        [Function("known")]
        public static IActionResult Run([HttpTrigger("get")] HttpRequest request, FunctionContext context) =>
            new ContentResult { Content = $"{context.FunctionDefinition.Name} {context.FunctionDefinition.EntryPoint} {context.InvocationId}" };
    }
}
