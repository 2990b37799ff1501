using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LocalFunctions.Hosting;

namespace LocalFunctions.Invocation;

/// <summary>Finds the functions in an app by their attributes, and says what is wrong with one before anything runs.</summary>
internal static partial class FunctionDiscovery
{
    private const BindingFlags AnyMethod = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <exception cref="LocalSetupException">A function cannot run; the message names its class and method.</exception>
    public static IReadOnlyList<Function> Find(IEnumerable<Type> types)
    {
        var found = types.SelectMany(type => type.GetMethods(AnyMethod))
            .Where(method => method.IsDefined(typeof(FunctionAttribute)))
            .Select(Describe)
            .ToList();
        foreach (var same in found.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            throw new LocalSetupException($"Two functions have the name '{same.Key}': {string.Join(" and ", same.Select(function => function.EntryPoint))}.");
        return found;
    }

    internal static LocalSetupException Fault(MethodInfo method, string reason) =>
        new($"The function {method.DeclaringType!.FullName}.{method.Name} cannot run: {reason}");

    private static Function Describe(MethodInfo method)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        if (!FunctionName().IsMatch(name))
            throw Fault(method, $"its name '{name}' must start with a letter and hold at most 128 letters, digits, '-' and '_'.");
        if (!method.IsPublic)
            throw Fault(method, "it must be public.");
        if (method.IsGenericMethodDefinition || method.DeclaringType!.IsGenericTypeDefinition || (!method.IsStatic && method.DeclaringType!.IsAbstract))
            throw Fault(method, "neither it nor its class can be generic or abstract.");
        var trigger = TriggerOf(method);
        CheckReturnType(method, trigger);
        return new Function(name, method, trigger, ParameterBinding.Bind(method, trigger));
    }

    private static TriggerBindingAttribute TriggerOf(MethodInfo method)
    {
        var triggers = method.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes<TriggerBindingAttribute>()).ToList();
        return triggers.Count == 1 ? triggers[0] : throw Fault(method, $"it needs exactly one trigger and has {triggers.Count}.");
    }

    private static void CheckReturnType(MethodInfo method, TriggerBindingAttribute trigger)
    {
        var type = method.ReturnType;
        if (type == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            throw Fault(method, "it is async void; return a Task.");
        if (type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            throw Fault(method, "it returns a ValueTask; return a Task.");
        if (type == typeof(void) || type == typeof(Task))
            return;
        var value = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>) ? type.GenericTypeArguments[0] : type;
        if (trigger is TimerTriggerAttribute)
            throw Fault(method, "a timer function returns nothing or a Task.");
        if (trigger is HttpTriggerAttribute && !Http.HttpResponder.CanWrite(value))
            throw Fault(method, $"an HTTP function returns an IActionResult or an IResult, not {value.Name}.");
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,127}$")]
    private static partial Regex FunctionName();
}
