using System.Reflection;

namespace Spectrum.PrivacyFlows.Telemetry;

/// <summary>What sets each function of the app off, read once from their attributes.</summary>
internal static class FunctionKinds
{
    private static readonly Dictionary<string, FunctionKind> Kinds = typeof(FunctionKinds).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => method.IsDefined(typeof(FunctionAttribute)))
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name, KindOf, StringComparer.OrdinalIgnoreCase);

    /// <summary>Null for a function that is not the app's own.</summary>
    public static FunctionKind? Of(string function) => Kinds.GetValueOrDefault(function);

    private static FunctionKind KindOf(MethodInfo method)
    {
        var attributes = method.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes()).ToList();
        if (attributes.OfType<HttpTriggerAttribute>().FirstOrDefault() is { } http)
            return new FunctionKind("http", http.Route ?? "");
        return new FunctionKind(
            attributes.Any(attribute => attribute is OrchestrationTriggerAttribute)
                ? "orchestration"
                : attributes.Any(attribute => attribute is TimerTriggerAttribute) ? "timer" : "activity",
            "");
    }
}

/// <param name="Trigger"><c>http</c>, <c>timer</c>, <c>activity</c> or <c>orchestration</c>.</param>
/// <param name="Route">The template of an HTTP function's route, without what somebody put into it.</param>
internal sealed record FunctionKind(string Trigger, string Route);
