using System.Reflection;
using LocalFunctions.Invocation;
using Microsoft.AspNetCore.Routing.Patterns;

namespace LocalFunctions.Http;

/// <summary>The route of an HTTP function, below the route prefix.</summary>
internal static class HttpRoute
{
    public static RoutePattern Parse(MethodInfo method, HttpTriggerAttribute trigger)
    {
        var template = trigger.Route ?? method.GetCustomAttribute<FunctionAttribute>()!.Name;
        try
        {
            return RoutePatternFactory.Parse(template);
        }
        catch (RoutePatternException fault)
        {
            throw FunctionDiscovery.Fault(method, $"its route '{template}' is not one: {fault.Message}");
        }
    }
}
