using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Spectrum.PrivacyFlows.Contacts;
using Spectrum.PrivacyFlows.Pages;

namespace Spectrum.PrivacyFlows.Tests.Pages;

public sealed class PageResultTests
{
    [Fact]
    public async Task Page_is_not_kept_framed_indexed_nor_told_to_others()
    {
        var response = await SendAsync("GET", PageSamples.All["Gone"]);

        Assert.Equal(410, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.ContentType);
        Assert.Equal("no-store", response.Headers.CacheControl);
        Assert.Equal("no-referrer", response.Headers["Referrer-Policy"]);
        Assert.Equal("nosniff", response.Headers.XContentTypeOptions);
        Assert.Equal("DENY", response.Headers.XFrameOptions);
        Assert.StartsWith("noindex", response.Headers["X-Robots-Tag"], StringComparison.Ordinal);
        Assert.Contains("camera=()", response.Headers["Permissions-Policy"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_allows_these_styles_and_our_own_form_only()
    {
        var response = await SendAsync("GET", PageSamples.All["Confirm"]);
        var html = Encoding.UTF8.GetString(((MemoryStream)response.Body).ToArray());
        var styles = html[(html.IndexOf("<style>", StringComparison.Ordinal) + 7)..html.IndexOf("</style>", StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(styles)));

        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{hash}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            response.Headers.ContentSecurityPolicy);
    }

    [Fact]
    public async Task HEAD_has_the_same_headers_and_no_body()
    {
        var get = await SendAsync("GET", PageSamples.All["Confirm"]);
        var head = await SendAsync("HEAD", PageSamples.All["Confirm"]);

        Assert.Equal(
            get.Headers.Select(header => $"{header.Key}: {header.Value}"), head.Headers.Select(header => $"{header.Key}: {header.Value}"));
        Assert.Equal(get.Body.Length, get.ContentLength);
        Assert.Equal(0, head.Body.Length);
    }

    private static async Task<HttpResponse> SendAsync(string method, Page page)
    {
        await using var services = new ServiceCollection().AddSingleton(new PageRenderer(new ContactDetails())).BuildServiceProvider();
        var context = new DefaultHttpContext
        {
            RequestServices = services,
            Request = { Method = method },
            Response = { Body = new MemoryStream() },
        };
        await new PageResult(page).ExecuteResultAsync(new ActionContext { HttpContext = context });
        return context.Response;
    }
}
