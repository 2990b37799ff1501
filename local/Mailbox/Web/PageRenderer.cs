using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace LocalMailbox.Web;

/// <summary>Renders the components of Pages/ to plain HTML, with the headers that keep a mail from acting.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory logging)
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"LocalMailbox.Web.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public async Task<IResult> PageAsync<TPage>(HttpContext http, object model, int status = 200)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logging);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Model"] = model });
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(parameters)).ToHtmlString());
        Protect(http, Policy);
        return Results.Text(html, "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    public static void Protect(HttpContext http, string policy)
    {
        http.Response.Headers.ContentSecurityPolicy = policy;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        http.Response.Headers.XContentTypeOptions = "nosniff";
    }
}
