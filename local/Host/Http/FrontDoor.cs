using System.Threading.RateLimiting;
using LocalHost.Setup;
using LocalHost.Worker;
using LocalHost.Worker.Rpc;
using LocalMachine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace LocalHost.Http;

/// <summary>Where people and webhooks call: forwards each request to the worker, by the routes of the app's HTTP triggers.</summary>
internal sealed class FrontDoor : IAsyncDisposable
{
    private const string InvocationHeader = "x-ms-invocation-id";

    // 100 MB, the limit of Azure Functions.
    private const long LargestBody = 104_857_600;
    private readonly WebApplication app;
    private readonly LoopbackPort port;
    private readonly HttpMessageInvoker client = new(
        new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });

    private FrontDoor(WebApplication app, LoopbackPort port) => (this.app, this.port) = (app, port);

    /// <param name="worker">The worker's address.</param>
    /// <exception cref="LocalSetupException">Two functions answer one address and method.</exception>
    public static async Task<FrontDoor> OpenAsync(
        LoopbackPort port, IConfiguration settings, IReadOnlyList<Function> functions, FunctionCalls calls, Uri worker, LocalClock clock,
        Announcements announcements, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.CreateBoundListenSocket = port.Take).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            foreach (var endPoint in port.EndPoints)
                kestrel.Listen(endPoint);
        });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.Services.AddHttpForwarder();
        builder.Services.AddRateLimiter(limiter => Limit(limiter, settings.GetSection("AzureFunctionsJobHost:extensions:http")));
        var door = new FrontDoor(builder.Build(), port);
        door.app.UseRouting();
        door.app.UseRateLimiter();
        door.Map(functions, settings["AzureFunctionsJobHost:extensions:http:routePrefix"] ?? "api", calls, worker);
        new ClockEndpoint(clock, door.app.Lifetime).Map(door.app);
        door.app.MapGet("/", http => announcements.Page().ExecuteAsync(http)).DisableRateLimiting();
        try
        {
            await door.app.StartAsync();
            return door;
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            await door.DisposeAsync();
            throw LoopbackPort.InUse(port.Number);
        }
    }

    /// <summary>Lets what is being answered be answered, for <paramref name="grace"/> at most.</summary>
    public async Task CloseAsync(TimeSpan grace)
    {
        using var patience = new CancellationTokenSource(grace);
        await app.StopAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        client.Dispose();
        port.Dispose();
    }

    /// <summary>What <c>host.json</c> allows at once; what comes on top of that waits, and past that is told to come again.</summary>
    private static void Limit(Microsoft.AspNetCore.RateLimiting.RateLimiterOptions limiter, IConfigurationSection http)
    {
        var (atOnce, outstanding) = (http.GetValue("maxConcurrentRequests", 100), http.GetValue("maxOutstandingRequests", 200));
        var one = new ConcurrencyLimiterOptions { PermitLimit = atOnce, QueueLimit = Math.Max(0, outstanding - atOnce) };
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(_ =>
            RateLimitPartition.GetConcurrencyLimiter("", _ => one));
    }

    private void Map(IEnumerable<Function> functions, string prefix, FunctionCalls calls, Uri worker)
    {
        var taken = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var function in functions.Where(function =>
            function.TriggerType.Equals("httpTrigger", StringComparison.OrdinalIgnoreCase)))
        {
            var path = $"/{prefix.Trim('/')}/{function.Text("route") ?? function.Name}".Replace("//", "/", StringComparison.Ordinal);
            foreach (var method in function.Methods is { Length: > 0 } named ? named : ["any method"])
            {
                if (!taken.TryAdd($"{method} {path}", function.Name))
                    throw new LocalSetupException($"{function.Name} and {taken[$"{method} {path}"]} both answer {method} {path}.");
            }
            var forward = Forward(function, calls, worker);
            _ = function.Methods.Length > 0 ? app.MapMethods(path, function.Methods, forward) : app.Map(path, forward);
        }
    }

    private RequestDelegate Forward(Function function, FunctionCalls calls, Uri worker)
    {
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var transformer = new ToWorker();
        return async http =>
        {
            if (http.Request.ContentLength > LargestBody)
            {
                // Before the function runs: on its way to the worker a body that is cut off looks like a failure of the function.
                http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return;
            }
            var id = http.Items[InvocationHeader] = Guid.NewGuid().ToString();
            var route = http.Request.RouteValues.Where(pair => pair.Value is not null)
                .Select(pair => KeyValuePair.Create(pair.Key, pair.Value!.ToString()!));
            var call = new HttpCall
            {
                Method = http.Request.Method,
                Url = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}",
            };
            var run = calls.RunHttpAsync(function, (string)id, call, route, http.RequestAborted);
            await forwarder.SendAsync(http, worker.AbsoluteUri, client, ForwarderRequestConfig.Empty, transformer);
            // A function that failed before it answered has no other way to say so.
            var ended = await run;
            if (ended.Result.Status != CallResult.Types.Status.Success && !http.Response.HasStarted)
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        };
    }

    /// <summary>The request as it came, with the id that joins it to its call.</summary>
    private sealed class ToWorker : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Remove(InvocationHeader);
            proxyRequest.Headers.Add(InvocationHeader, (string)httpContext.Items[InvocationHeader]!);
            proxyRequest.Headers.Host = httpContext.Request.Host.Value;
        }
    }
}
