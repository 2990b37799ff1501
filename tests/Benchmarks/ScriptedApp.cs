using DurableTask.Core;
using DurableTask.Core.History;
using LocalHost;
using LocalHost.Durable;
using LocalHost.Setup;
using LocalHost.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using TestFunctions;

namespace Benchmarks;

/// <summary>The test functions in a local host, on a storage and a hub.</summary>
internal sealed class ScriptedApp : IAsyncDisposable
{
    private ScriptedApp(LocalApp host, ScriptBook book) => (Host, Book) = (host, book);

    public LocalApp Host { get; }

    public ScriptBook Book { get; }

    public static async Task<ScriptedApp> StartAsync(string storage, string hub)
    {
        var book = new ScriptBook();
        var plan = new HostPlan
        {
            IsEmbedded = true,
            HasServices = false,
            Arguments = [$"--AzureWebJobsStorage={storage}", $"--AzureFunctionsJobHost:extensions:durableTask:hubName={hub}"],
        };
        var app = new FunctionApp(typeof(ScriptBook).Assembly, builder => builder.ConfigureFunctionsWebApplication());
        return new ScriptedApp(await LocalApp.StartAsync(plan, app, builder => builder.Services.AddSingleton(book)), book);
    }

    public static async Task<string> BeginAsync(OrchestrationService service, string name)
    {
        var instance = new OrchestrationInstance { InstanceId = Guid.NewGuid().ToString("N"), ExecutionId = Guid.NewGuid().ToString("N") };
        var start = new ExecutionStartedEvent(-1, null) { Name = name, OrchestrationInstance = instance };
        await service.CreateTaskOrchestrationAsync(new TaskMessage { OrchestrationInstance = instance, Event = start });
        return instance.InstanceId;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
