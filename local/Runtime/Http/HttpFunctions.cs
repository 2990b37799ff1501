using LocalFunctions.Hosting;
using LocalFunctions.Invocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalFunctions.Http;

/// <summary>Gives every HTTP function its address, and runs it for a request.</summary>
internal sealed class HttpFunctions(FunctionInvoker invoker, IHostApplicationLifetime lifetime, ILogger<HttpFunctions> logger)
{
    /// <summary>100 MB, the limit of Azure Functions.</summary>
    public const long LargestBody = 104_857_600;

    /// <exception cref="LocalSetupException">Two functions answer the same address and method.</exception>
    public void Map(IEndpointRouteBuilder endpoints, string prefix, IEnumerable<Function> functions)
    {
        var taken = new Dictionary<string, Function>(StringComparer.OrdinalIgnoreCase);
        foreach (var function in functions)
        {
            if (function.Trigger is not HttpTriggerAttribute trigger)
                continue;
            var path = $"/{prefix.Trim('/')}/{trigger.Route ?? function.Name}".Replace("//", "/", StringComparison.Ordinal);
            var methods = trigger.Methods is { Length: > 0 } named ? named : null;
            foreach (var method in methods ?? ["any method"])
            {
                if (!taken.TryAdd($"{method} {path}", function))
                    throw new LocalSetupException($"{function.EntryPoint} and {taken[$"{method} {path}"].EntryPoint} both answer {method} {path}.");
            }
            if (methods is null)
                endpoints.Map(path, http => HandleAsync(http, function));
            else
                endpoints.MapMethods(path, methods, http => HandleAsync(http, function));
        }
    }

    private async Task HandleAsync(HttpContext http, Function function)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            if (http.Request.ContentLength > LargestBody)
                throw new BadHttpRequestException("The body is larger than 100 MB.", StatusCodes.Status413PayloadTooLarge);
            var data = http.Request.RouteValues.ToDictionary(StringComparer.OrdinalIgnoreCase);
            await invoker.InvokeAsync(function, new Trigger(http.Request, data), cancellation.Token, result => HttpResponder.WriteAsync(http, result));
        }
        catch (BadHttpRequestException fault)
        {
            Answer(http, fault.StatusCode);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            logger.LogDebug("The caller of {Function} has gone.", function.Name);
        }
#pragma warning disable CA1031 // Whatever a function throws, its caller gets a 500 that says nothing.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            logger.LogError(fault, "The function {Function} failed with {Exception}.", function.Name, fault.GetType().FullName);
            Answer(http, StatusCodes.Status500InternalServerError);
        }
    }

    private static void Answer(HttpContext http, int status)
    {
        if (http.Response.HasStarted)
        {
            // The caller must not take half an answer for a whole one.
            http.Abort();
            return;
        }
        http.Response.Clear();
        http.Response.StatusCode = status;
    }
}
