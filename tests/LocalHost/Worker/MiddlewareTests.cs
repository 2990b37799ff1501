using System.Collections.Concurrent;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectrum.PrivacyFlows.Pages;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Worker;

/// <summary>The worker is the real one: its middleware, its scopes, its services.</summary>
public sealed class MiddlewareTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenMiddleware_WhenFunctionsRun_ThenItRunsAroundEachInTheOrderItWasAdded()
    {
        var trail = new ConcurrentQueue<string>();
        await using var host = new HostUnderTest(azurite)
        {
            Prepare = builder =>
            {
                builder.Services.AddSingleton(trail);
                builder.UseMiddleware<Outer>();
                builder.UseMiddleware(async (context, next) =>
                {
                    trail.Enqueue("inner " + context.FunctionDefinition.Name);
                    await next();
                });
            },
        };
        host.Book.Activity("Step", _ => 1).Orchestrator("Story", async context => await context.CallActivityAsync<int>("Step", 1));
        await host.StartAsync();
        trail.Clear();
        await host.Http.GetStringAsync("api/things/1", Cancellation);
        Assert.Equal(["outer in", "inner Thing", "outer out"], trail);
        await host.RunAsync("Story");
        Assert.Equal(
            ["inner Story", "inner Step", "inner Story"], trail.Where(step => step.StartsWith("inner S", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task GivenMiddlewareThatCatches_WhenAFunctionThrows_ThenItSeesThat()
    {
        var caught = 0;
        await using var host = new HostUnderTest(azurite)
        {
            Prepare = builder => builder.UseMiddleware(async (_, next) =>
            {
                try
                {
                    await next();
                }
                catch (InvalidOperationException)
                {
                    Interlocked.Increment(ref caught);
                }
            }),
        };
        host.Book.Page("fails", _ => throw new InvalidOperationException("thrown"));
        await host.StartAsync();
        await host.Http.GetAsync("api/pages/fails", Cancellation);
        Assert.Equal(1, caught);
    }

    [Fact]
    public async Task GivenScopedServices_WhenFunctionsRun_ThenEachRunHasItsOwnUntilItsEnd()
    {
        var seen = new ConcurrentQueue<Scoped>();
        await using var host = new HostUnderTest(azurite)
        {
            Prepare = builder =>
            {
                builder.Services.AddScoped<Scoped>();
                builder.UseMiddleware((context, next) =>
                {
                    seen.Enqueue(context.InstanceServices.GetRequiredService<Scoped>());
                    return next();
                });
            },
        };
        host.Book.Page("scoped", _ => new ContentResult { Content = seen.Last().Disposed.IsCompleted ? "gone" : "there" });
        await host.StartAsync();
        seen.Clear();
        for (var run = 0; run < 2; run++)
            Assert.Equal("there", await host.Http.GetStringAsync("api/pages/scoped", Cancellation));
        Assert.Equal(2, seen.Distinct().Count());
        await Task.WhenAll(seen.Select(scoped => scoped.Disposed)).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
    }

    [Fact]
    public async Task GivenTwoRunsOfAFunction_WhenAskedWhoTheyAre_ThenTheyHaveIdsOfTheirOwn()
    {
        await using var host = await HostUnderTest.StartAsync(azurite);
        var first = await host.Http.GetStringAsync("api/Known", Cancellation);
        var second = await host.Http.GetStringAsync("api/Known", Cancellation);
        Assert.StartsWith("Known TestFunctions.HttpFunctions.Known ", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task GivenTheClock_WhenTheAppAsksForTheTime_ThenItIsThisOne()
    {
        await using var host = await HostUnderTest.StartAsync(azurite);
        Assert.Same(host.App.Clock, host.App.Services.GetRequiredService<TimeProvider>());
    }

    private sealed class Outer(ConcurrentQueue<string> trail) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            trail.Enqueue("outer in");
            await next(context);
            trail.Enqueue("outer out");
        }
    }

    private sealed class Scoped : IDisposable
    {
        private readonly TaskCompletionSource disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Disposed => disposed.Task;

        public void Dispose() => disposed.TrySetResult();
    }
}
