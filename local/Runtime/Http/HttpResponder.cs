using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;

namespace LocalFunctions.Http;

/// <summary>Writes what an HTTP function returned.</summary>
internal static class HttpResponder
{
    public static bool CanWrite(Type type) => type.IsAssignableTo(typeof(IActionResult)) || type.IsAssignableTo(typeof(IResult));

    /// <summary>Nothing returned means that the function wrote the response itself, or that an empty 200 will do.</summary>
    public static Task WriteAsync(HttpContext http, object? result) => result switch
    {
        IActionResult action => action.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor())),
        IResult other => other.ExecuteAsync(http),
        _ => Task.CompletedTask,
    };
}
