using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace TestFunctions;

/// <summary>Addresses of each kind, and pages that do what a test says.</summary>
[SuppressMessage("Performance", "CA1859", Justification = "Functions have the shapes that an app gives them.")]
[SuppressMessage("Style", "IDE0060", Justification = "The request is the trigger, whether it is looked at or not.")]
public sealed class HttpFunctions(ScriptBook book)
{
    [Function(nameof(Page))]
    public Task<IActionResult> Page(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "put", "head", Route = "pages/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellation) =>
        book.FindPage(name)(request, cancellation);

    /// <summary>Hands the durable client that functions are given over to the test.</summary>
    [Function(nameof(Client))]
    public IActionResult Client(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [DurableClient] DurableTaskClient client)
    {
        book.Client = client;
        return new OkResult();
    }

    [Function(nameof(Thing))]
    public static IActionResult Thing(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "things/{id}")] HttpRequest request, int id) =>
        new ContentResult { Content = $"thing {id}" };

    [Function(nameof(Paper))]
    public static IActionResult Paper(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "papers/{*path}")] HttpRequest request,
        string? path,
        FunctionContext context) =>
        new ContentResult { Content = $"paper {path} {context.BindingContext.BindingData.GetValueOrDefault("path")}" };

    [Function(nameof(NoRoute))]
    public static IActionResult NoRoute([HttpTrigger(AuthorizationLevel.Admin)] HttpRequest request) =>
        new ContentResult { Content = "no route" };

    [Function(nameof(Known))]
    public static IActionResult Known([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context) =>
        new ContentResult { Content = $"{context.FunctionDefinition.Name} {context.FunctionDefinition.EntryPoint} {context.InvocationId}" };
}
