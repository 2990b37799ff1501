using System.Diagnostics.CodeAnalysis;
using System.Net;
using LocalFunctions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Http;

[SuppressMessage("Performance", "CA1859", Justification = "Functions have the shapes that an app gives them.")]
public sealed class HttpRouteTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/api/things/7", HttpStatusCode.OK, "thing 7")]
    [InlineData("POST", "/api/things/7", HttpStatusCode.OK, "thing 7")]
    [InlineData("DELETE", "/api/things/7", HttpStatusCode.MethodNotAllowed, "")]
    [InlineData("HEAD", "/api/things/7", HttpStatusCode.MethodNotAllowed, "")]
    [InlineData("GET", "/api/things/seven", HttpStatusCode.BadRequest, "")]
    [InlineData("GET", "/api/things/99999999999", HttpStatusCode.BadRequest, "")]
    [InlineData("GET", "/things/7", HttpStatusCode.NotFound, "")]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound, "")]
    [InlineData("GET", "/api/files/a/b%20c.txt", HttpStatusCode.OK, "file a/b c.txt")]
    [InlineData("GET", "/api/files", HttpStatusCode.OK, "file ")]
    [InlineData("GET", "/api/THINGS/7", HttpStatusCode.OK, "thing 7")]
    [InlineData("PATCH", "/api/NoRoute", HttpStatusCode.OK, "no route")]
    [InlineData("GET", "/api/maybe", HttpStatusCode.OK, "maybe 5")]
    [InlineData("GET", "/api/maybe/6", HttpStatusCode.OK, "maybe 6")]
    [InlineData("GET", "/api/day/2026-11-25", HttpStatusCode.OK, "day 329")]
    public async Task An_address_and_method_find_their_function(string method, string path, HttpStatusCode status, string body)
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(Routes));

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await host.Client.SendAsync(request, Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task The_route_prefix_is_that_of_host_json_and_can_be_none()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(Routes), "--AzureFunctionsJobHost:extensions:http:routePrefix=");

        Assert.Equal("thing 7", await host.Client.GetStringAsync("/things/7", Cancellation));
    }

    [Fact]
    public async Task A_function_of_another_level_than_anonymous_asks_no_key_here()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(Routes));

        Assert.Equal("no route", await host.Client.GetStringAsync("/api/NoRoute", Cancellation));
    }

    private static class Routes
    {
        [Function(nameof(Thing))]
        public static IActionResult Thing([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "things/{id}")] HttpRequest request, int id) =>
            new ContentResult { Content = $"thing {id}" };

        [Function(nameof(File))]
        public static async Task<IActionResult> File([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{*path}")] HttpRequest request, string? path, FunctionContext context)
        {
            await Task.Yield();
            Assert.Equal(path, context.BindingContext.BindingData.GetValueOrDefault("path"));
            return new ContentResult { Content = $"file {path}" };
        }

        [Function(nameof(NoRoute))]
        public static IActionResult NoRoute([HttpTrigger(AuthorizationLevel.Admin)] HttpRequest request) => new ContentResult { Content = "no route" };

        [Function(nameof(Maybe))]
        public static IActionResult Maybe([HttpTrigger("get", Route = "maybe/{number?}")] HttpRequest request, int number = 5) => new ContentResult { Content = $"maybe {number}" };

        [Function(nameof(Day))]
        public static IActionResult Day([HttpTrigger("get", Route = "day/{day}")] HttpRequest request, DateOnly? day) => new ContentResult { Content = $"day {day?.DayOfYear}" };
    }
}
