using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Spectrum.PrivacyFlows.Pages;

/// <summary>Sends a page so that it is not kept, framed, indexed, nor able to run or load anything.</summary>
public sealed class PageResult(Page page) : IActionResult
{
    public Page Page { get; } = page;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var response = context.HttpContext.Response;
        var html = Encoding.UTF8.GetBytes(context.HttpContext.RequestServices.GetRequiredService<PageRenderer>().Render(Page));
        response.StatusCode = Page.StatusCode;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = html.Length;
        AddHeaders(response.Headers);
        if (!HttpMethods.IsHead(context.HttpContext.Request.Method))
            await response.Body.WriteAsync(html, context.HttpContext.RequestAborted);
    }

    private static void AddHeaders(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = PageRenderer.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
    }
}
