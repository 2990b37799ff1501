using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace LocalFunctions.Invocation;

/// <summary>Calls a method and awaits what it gives, be it a value, a task or nothing.</summary>
internal sealed class FunctionMethod(MethodInfo method)
{
    private static readonly MethodInfo ReadResult = typeof(FunctionMethod).GetMethod(nameof(ResultOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly Func<Task, object?>? resultOf = ResultReader(method.ReturnType);

    /// <summary>Runs the method on a fresh instance of its class, disposed afterwards.</summary>
    /// <remarks>Awaits nothing but the method's own task: an orchestrator runs through here.</remarks>
    public async Task<object?> InvokeAsync(IServiceProvider services, object?[] arguments)
    {
        var instance = method.IsStatic ? null : ActivatorUtilities.CreateInstance(services, method.DeclaringType!);
        try
        {
            var returned = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
            if (returned is not Task task)
                return returned;
            await task;
            return resultOf?.Invoke(task);
        }
        finally
        {
            if (instance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else
                (instance as IDisposable)?.Dispose();
        }
    }

    private static Func<Task, object?>? ResultReader(Type returned) =>
        returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>)
            ? ReadResult.MakeGenericMethod(returned.GenericTypeArguments).CreateDelegate<Func<Task, object?>>()
            : null;

    private static object? ResultOf<T>(Task task) => ((Task<T>)task).Result;
}
