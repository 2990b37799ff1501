using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using LocalFunctions;
using LocalFunctions.Builder;
using LocalFunctions.DurableTask;
using LocalFunctions.DurableTask.Client;
using LocalFunctions.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Hosting;

[SuppressMessage("Performance", "CA1859", Justification = "Functions have the shapes that an app gives them.")]
public sealed class HostDurableTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_starts_an_orchestration_that_calls_an_activity_with_all_it_asks_for()
    {
        await using var host = await StartAsync();

        await host.Client.PostAsync("/api/start/case-1", null, Cancellation);
        await host.Host.Clock.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);

        Assert.Single(host.Service<Seen>().Activities, "Greet case-1 hello Greet True");
        Assert.Equal("hello, 3 days later: 2026-11-28", await host.Client.GetStringAsync("/api/state/case-1", Cancellation));
    }

    [Fact]
    public async Task Middleware_runs_around_orchestrators_and_activities()
    {
        await using var host = await StartAsync();

        await host.Client.PostAsync("/api/start/case-2", null, Cancellation);
        await host.Host.Clock.AdvanceAsync(TimeSpan.Zero, Cancellation);

        Assert.Contains("Story", host.Service<Seen>().Runs);
        Assert.Contains("Greet", host.Service<Seen>().Runs);
    }

    [Fact]
    public async Task An_advance_lets_a_timer_function_start_an_orchestration_and_waits_for_it()
    {
        await using var host = await StartAsync();

        await host.Host.Clock.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);

        Assert.Equal(["Greet daily daily Greet True"], host.Service<Seen>().Activities);
    }

    [Fact]
    public async Task Given_a_crash_When_started_again_on_the_same_storage_Then_it_goes_on_where_it_was()
    {
        var hub = $"--AzureFunctionsJobHost:extensions:durableTask:hubName={HostUnderTest.NewHub()}";
        var first = await StartAsync(hub);
        await first.Client.PostAsync("/api/start/case-3", null, Cancellation);
        await first.Host.Clock.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);
        await first.Host.CrashAsync();

        await using var second = await StartAsync(hub);
        Assert.Equal(HostUnderTest.Start.AddDays(2), second.Host.Clock.GetUtcNow());
        await second.Host.Clock.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);

        Assert.Equal("hello, 3 days later: 2026-11-28", await second.Client.GetStringAsync("/api/state/case-3", Cancellation));
        Assert.DoesNotContain(second.Service<Seen>().Activities, line => line.Contains("case-3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_host_on_the_same_storage_refuses_to_start()
    {
        var hub = $"--AzureFunctionsJobHost:extensions:durableTask:hubName={HostUnderTest.NewHub()}";
        await using var first = await StartAsync(hub);

        var fault = await Assert.ThrowsAsync<LocalSetupException>(() => StartAsync(hub));

        Assert.Contains($"{Environment.ProcessId}", fault.Message, StringComparison.Ordinal);
    }

    private Task<HostUnderTest> StartAsync(params string[] options)
    {
        var builder = new FunctionsApplicationBuilder(HostUnderTest.Plan(azurite, [typeof(Case)], options));
        builder.Services.AddSingleton<Seen>();
        builder.UseMiddleware((context, next) =>
        {
            context.InstanceServices.GetRequiredService<Seen>().Runs.Enqueue(context.FunctionDefinition.Name);
            return next();
        });
        return HostUnderTest.StartAsync(builder);
    }

    private sealed class Seen
    {
        public ConcurrentQueue<string> Activities { get; } = new();

        public ConcurrentQueue<string> Runs { get; } = new();
    }

    private sealed class Case(Seen seen)
    {
        [Function(nameof(Start))]
        public static async Task<IActionResult> Start([HttpTrigger("post", Route = "start/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(Story), "hello", new StartOrchestrationOptions(id), cancellation);
            return new AcceptedResult();
        }

        [Function(nameof(State))]
        public static async Task<IActionResult> State([HttpTrigger("get", Route = "state/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client) =>
            new ContentResult { Content = (await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, request.HttpContext.RequestAborted)).ReadOutputAs<string>() };

        [Function(nameof(Daily))]
        public static Task Daily([TimerTrigger("0 0 9 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
            client.ScheduleNewOrchestrationInstanceAsync(nameof(Short), "daily", new StartOrchestrationOptions("daily"), cancellation);

        [Function(nameof(Story))]
        public static async Task<string> Story([OrchestrationTrigger] TaskOrchestrationContext context, string input)
        {
            var greeting = await context.CallActivityAsync<string>(nameof(Greet), input);
            await context.CreateTimer(TimeSpan.FromDays(3), CancellationToken.None);
            return $"{greeting}, 3 days later: {context.CurrentUtcDateTime:yyyy-MM-dd}";
        }

        [Function(nameof(Short))]
        public static Task Short([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync(nameof(Greet), context.GetInput<string>());

        [Function(nameof(Greet))]
        public string Greet([ActivityTrigger] string input, string instanceId, FunctionContext context, CancellationToken cancellation)
        {
            seen.Activities.Enqueue($"Greet {instanceId} {input} {context.FunctionDefinition.Name} {cancellation.CanBeCanceled}");
            return input;
        }
    }
}
