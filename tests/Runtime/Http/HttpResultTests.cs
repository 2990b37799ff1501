using System.Net;
using System.Net.Http.Headers;
using LocalFunctions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Http;

public sealed class HttpResultTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_result_reaches_the_caller()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(ResultFunctions));

        var content = await host.Client.GetAsync("/api/results/content", Cancellation);
        Assert.Equal("text/html; charset=utf-8", content.Content.Headers.ContentType!.ToString());
        Assert.Equal("<p>å</p>", await content.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("""{"caseId":"PR-2026-000001"}""", await host.Client.GetStringAsync("/api/results/object", Cancellation));
        var redirect = await host.Client.GetAsync("/api/results/redirect", Cancellation);
        Assert.Equal((HttpStatusCode.Redirect, "/elsewhere"), (redirect.StatusCode, redirect.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.Gone, (await host.Client.GetAsync("/api/results/status", Cancellation)).StatusCode);
        Assert.Equal("minimal", await host.Client.GetStringAsync("/api/results/minimal", Cancellation));
        var nothing = await host.Client.GetAsync("/api/results/nothing", Cancellation);
        Assert.Equal((HttpStatusCode.OK, ""), (nothing.StatusCode, await nothing.Content.ReadAsStringAsync(Cancellation)));
    }

    [Theory]
    [InlineData(0, 9, HttpStatusCode.PartialContent, "0123456789", "bytes 0-9/36")]
    [InlineData(30, null, HttpStatusCode.PartialContent, "uvwxyz", "bytes 30-35/36")]
    [InlineData(null, null, HttpStatusCode.OK, "0123456789abcdefghijklmnopqrstuvwxyz", null)]
    [InlineData(40, 50, HttpStatusCode.RequestedRangeNotSatisfiable, "", "bytes */36")]
    public async Task A_file_can_be_taken_by_range(int? from, int? to, HttpStatusCode status, string body, string? range)
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(ResultFunctions));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/results/file");
        request.Headers.Range = from is null ? null : new RangeHeaderValue(from, to);
        using var response = await host.Client.SendAsync(request, Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(range, response.Content.Headers.ContentRange?.ToString());
    }

    private static class ResultFunctions
    {
        [Function(nameof(Results))]
        public static IActionResult Results([HttpTrigger("get", Route = "results/{kind}")] HttpRequest request, string kind) => kind switch
        {
            "content" => new ContentResult { Content = "<p>å</p>", ContentType = "text/html; charset=utf-8" },
            "object" => new OkObjectResult(new { CaseId = "PR-2026-000001" }),
            "redirect" => new RedirectResult("/elsewhere"),
            "file" => new FileStreamResult(new MemoryStream("0123456789abcdefghijklmnopqrstuvwxyz"u8.ToArray()), "application/zip") { EnableRangeProcessing = true, FileDownloadName = "bundle.zip" },
            _ => new StatusCodeResult(StatusCodes.Status410Gone),
        };

        [Function(nameof(Minimal))]
        public static IResult Minimal([HttpTrigger("get", Route = "results/minimal")] HttpRequest request) => Microsoft.AspNetCore.Http.Results.Text("minimal");

        [Function(nameof(Nothing))]
        public static Task Nothing([HttpTrigger("get", Route = "results/nothing")] HttpRequest request) => Task.CompletedTask;
    }
}
