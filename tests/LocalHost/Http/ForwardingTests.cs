using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Operations.Health;
using Spectrum.PrivacyFlows.Pages;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Http;

/// <summary>What a caller sends reaches the function, and what it answers reaches the caller, as they are.</summary>
public sealed class ForwardingTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenARequest_WhenForwarded_ThenTheFunctionSeesItAsItWas()
    {
        await using var host = await HostUnderTest.StartAsync(
            azurite, book => book.Page("seen", async (request, cancellation) => new ContentResult
            {
                Content = string.Join(
                '|', request.Method, request.Host, request.Path, request.QueryString, request.Headers["X-Own"], request.Cookies["a"],
                request.ContentType, await new StreamReader(request.Body).ReadToEndAsync(cancellation)),
            }));
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/pages/seen?q=a%20b&q=c");
        request.Content = new StringContent("å\n", Encoding.UTF8, "text/plain");
        request.Headers.Add("X-Own", "1, 2");
        request.Headers.Add("Cookie", "a=b");
        using var response = await host.Http.SendAsync(request, Cancellation);
        Assert.Equal(
            $"PUT|localhost:{host.App.BaseAddress.Port}|/api/pages/seen|?q=a%20b&q=c|1, 2|b|text/plain; charset=utf-8|å\n",
            await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task GivenAnAnswerOfEachKind_WhenForwarded_ThenTheCallerGetsIt()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book
            .Page("html", _ => new ContentResult { Content = "<p>å</p>", ContentType = "text/html; charset=utf-8" })
            .Page("json", _ => new OkObjectResult(new { CaseId = "PR-2026-000001" }))
            .Page("redirect", _ => new RedirectResult("/elsewhere"))
            .Page("gone", _ => new StatusCodeResult(StatusCodes.Status410Gone))
            .Page("cookie", request =>
            {
                request.HttpContext.Response.Cookies.Append("session", "1", new CookieOptions { HttpOnly = true });
                request.HttpContext.Response.Headers["X-Answer"] = "yes";
                return new OkResult();
            }));
        using var html = await host.Http.GetAsync("api/pages/html", Cancellation);
        Assert.Equal(("text/html; charset=utf-8", "<p>å</p>"),
            (html.Content.Headers.ContentType!.ToString(), await html.Content.ReadAsStringAsync(Cancellation)));
        Assert.Equal("""{"caseId":"PR-2026-000001"}""", await host.Http.GetStringAsync("api/pages/json", Cancellation));
        using var redirect = await host.Http.GetAsync("api/pages/redirect", Cancellation);
        Assert.Equal((HttpStatusCode.Redirect, "/elsewhere"), (redirect.StatusCode, redirect.Headers.Location!.ToString()));
        using var gone = await host.Http.GetAsync("api/pages/gone", Cancellation);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        using var cookie = await host.Http.GetAsync("api/pages/cookie", Cancellation);
        Assert.Equal("session=1; path=/; httponly", Assert.Single(cookie.Headers.GetValues("Set-Cookie")));
        Assert.Equal("yes", Assert.Single(cookie.Headers.GetValues("X-Answer")));
    }

    [Theory]
    [InlineData(0, 9, HttpStatusCode.PartialContent, "0123456789", "bytes 0-9/36")]
    [InlineData(30, null, HttpStatusCode.PartialContent, "uvwxyz", "bytes 30-35/36")]
    [InlineData(null, null, HttpStatusCode.OK, "0123456789abcdefghijklmnopqrstuvwxyz", null)]
    [InlineData(40, 50, HttpStatusCode.RequestedRangeNotSatisfiable, "", "bytes */36")]
    public async Task GivenAFile_WhenTakenByRange_ThenThatPartComes(int? from, int? to, HttpStatusCode status, string body, string? range)
    {
        await using var host = await StartWithFileAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/pages/file");
        request.Headers.Range = from is null ? null : new RangeHeaderValue(from, to);
        using var response = await host.Http.SendAsync(request, Cancellation);
        Assert.Equal((status, body, range), (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation),
            response.Content.Headers.ContentRange?.ToString()));
    }

    [Fact]
    public async Task GivenAFile_WhenOnlyItsHeadersAreAskedFor_ThenTheyComeWithoutIt()
    {
        await using var host = await StartWithFileAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, "api/pages/file");
        using var response = await host.Http.SendAsync(request, Cancellation);
        Assert.Equal((HttpStatusCode.OK, 36, ""),
            (response.StatusCode, response.Content.Headers.ContentLength, await response.Content.ReadAsStringAsync(Cancellation)));
    }

    [Fact]
    public async Task GivenAnAnswerThatComesInParts_WhenTheFirstIsThere_ThenTheCallerHasItBeforeTheRest()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Page("parts", async (request, cancellation) =>
        {
            await request.HttpContext.Response.WriteAsync("one", cancellation);
            await request.HttpContext.Response.Body.FlushAsync(cancellation);
            await release.Task;
            await request.HttpContext.Response.WriteAsync("two", cancellation);
            return new EmptyResult();
        }));
        using var response = await host.Http.GetAsync("api/pages/parts", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var stream = await response.Content.ReadAsStreamAsync(Cancellation);
        var first = new byte[3];
        await stream.ReadExactlyAsync(first, Cancellation);
        release.SetResult();
        Assert.Equal(("one", "two"), (Encoding.ASCII.GetString(first), await new StreamReader(stream).ReadToEndAsync(Cancellation)));
    }

    private Task<HostUnderTest> StartWithFileAsync() => HostUnderTest.StartAsync(azurite, book => book.Page("file", _ =>
        new FileContentResult("0123456789abcdefghijklmnopqrstuvwxyz"u8.ToArray(), "application/zip") { EnableRangeProcessing = true }));
}
