using Microsoft.Extensions.DependencyInjection;

namespace LocalFunctions.Invocation;

/// <summary>Runs functions: each run in a service scope of its own, through the app's middleware.</summary>
internal sealed class FunctionInvoker(IServiceScopeFactory scopes, IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
{
    // What was added first is outermost.
    private readonly FunctionExecutionDelegate pipeline = middleware.Reverse().Aggregate<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>, FunctionExecutionDelegate>(
        RunFunctionAsync, (next, around) => around(next));

    /// <param name="finish">Uses the result while the run's services still live: an HTTP response is written here.</param>
    /// <remarks>An orchestrator that waits is left behind by the engine, its scope with it, for the garbage collector.</remarks>
    public async Task<object?> InvokeAsync(Function function, Trigger trigger, CancellationToken cancellation, Func<object?, Task>? finish = null)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new LocalFunctionContext(function, trigger, scope.ServiceProvider, cancellation);
        await pipeline(context);
        if (finish is not null)
            await finish(context.Result);
        return context.Result;
    }

    private static async Task RunFunctionAsync(FunctionContext context)
    {
        var local = (LocalFunctionContext)context;
        local.Result = await local.Function.RunAsync(local);
    }
}
