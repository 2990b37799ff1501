using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LocalFunctions;
using LocalFunctions.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Spectrum.PrivacyFlows.Tests.Runtime;

[SuppressMessage("Performance", "CA1859", Justification = "Functions have the shapes that an app gives them.")]
public sealed class HttpTriggerTests(AzuriteFixture azurite)
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

    [Fact]
    public async Task Given_a_function_that_throws_Then_500_without_detail_and_a_log_line_with_its_name()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(Failures));

        var response = await host.Client.GetAsync("/api/Fails", Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.False(response.Headers.Contains("X-Half-Done"));
        Assert.Contains(host.Log.All, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("Fails") && line.Contains("System.InvalidOperationException"));
    }

    [Fact]
    public async Task Given_a_failure_in_mid_answer_Then_the_caller_sees_that_it_is_broken()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(Failures));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.Client.GetStringAsync("/api/BreaksOff", Cancellation));
    }

    [Fact]
    public async Task Given_a_body_over_100_MB_Then_413_before_the_function_runs()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(Failures));
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, host.Host.BaseAddress.Port, Cancellation);
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /api/Takes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857601\r\n\r\n"), Cancellation);

        var answer = await new StreamReader(tcp.GetStream()).ReadLineAsync(Cancellation);

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Log.All, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_caller_that_goes_away_cancels_the_function()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(Failures));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = host.Client.GetAsync("/api/Waits", patience.Token);
        await Failures.Waiting.Task.WaitAsync(Cancellation);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Failures.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
    }

    [Fact]
    public async Task Each_run_has_an_instance_and_services_of_its_own_that_live_until_the_answer_is_written()
    {
        var builder = HostUnderTest.Builder(azurite, [typeof(Injected)]);
        builder.Services.AddScoped<Scoped>();
        await using var host = await HostUnderTest.StartAsync(builder);

        var first = await host.Client.GetStringAsync("/api/Injected", Cancellation);
        var second = await host.Client.GetStringAsync("/api/Injected", Cancellation);

        Assert.StartsWith("Injected same scope alive", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData(typeof(NoSource), "NoSource.Run", "'mystery'")]
    [InlineData(typeof(BadRoute), "BadRoute.Run", "things/{id")]
    [InlineData(typeof(SameRoute), "SameRoute.One", "SameRoute.Two")]
    [InlineData(typeof(SameName), "SameName.One", "SameName.Two")]
    [InlineData(typeof(WrongResult), "WrongResult.Run", "IActionResult")]
    [InlineData(typeof(WrongRequest), "WrongRequest.Run", "HttpRequest")]
    [InlineData(typeof(NotPublic), "NotPublic.Run", "public")]
    [InlineData(typeof(NoTrigger), "NoTrigger.Run", "exactly one trigger")]
    [InlineData(typeof(AsyncVoid), "AsyncVoid.Run", "async void")]
    [InlineData(typeof(BadName), "BadName.Run", "letter")]
    [InlineData(typeof(WrongClient), "WrongClient.Run", "DurableTaskClient")]
    public async Task What_cannot_run_is_said_at_the_start_by_class_and_method(Type functions, string method, string reason)
    {
        var fault = await Assert.ThrowsAsync<LocalSetupException>(() => HostUnderTest.StartAsync(azurite, functions));

        Assert.Contains(method, fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
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

    private static class Failures
    {
        public static readonly TaskCompletionSource Waiting = new();
        public static readonly TaskCompletionSource Cancelled = new();

        [Function(nameof(Fails))]
        public static IActionResult Fails([HttpTrigger("get")] HttpRequest request)
        {
            request.HttpContext.Response.Headers["X-Half-Done"] = "yes";
            throw new InvalidOperationException("not for the caller");
        }

        [Function(nameof(BreaksOff))]
        public static async Task BreaksOff([HttpTrigger("get")] HttpRequest request)
        {
            await request.HttpContext.Response.WriteAsync("half");
            await request.HttpContext.Response.Body.FlushAsync();
            throw new InvalidOperationException("broken");
        }

        [Function(nameof(Takes))]
        public static IActionResult Takes([HttpTrigger("post")] HttpRequest request) => new OkResult();

        [Function(nameof(Waits))]
        public static async Task<IActionResult> Waits([HttpTrigger("get")] HttpRequest request, CancellationToken cancellation)
        {
            await using var registration = cancellation.Register(Cancelled.SetResult);
            Waiting.TrySetResult();
            await Task.Delay(TimeSpan.FromSeconds(30), cancellation);
            return new OkResult();
        }
    }

    private sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Injected(Scoped scoped, IServiceProvider services)
    {
        private readonly Guid self = Guid.NewGuid();

        [Function(nameof(Injected))]
        public IResult Run([HttpTrigger("get")] HttpRequest request, FunctionContext context) =>
            Results.Stream(async body => await body.WriteAsync(Encoding.UTF8.GetBytes($"{context.FunctionDefinition.Name} {Same(context)} {(scoped.IsDisposed ? "gone" : "alive")} {self} {context.InvocationId}")));

        private string Same(FunctionContext context) =>
            services.GetRequiredService<Scoped>() == scoped && context.InstanceServices.GetRequiredService<Scoped>() == scoped ? "same scope" : "other scope";
    }

    private static class NoSource
    {
        [Function(nameof(NoSource))]
        public static IActionResult Run([HttpTrigger("get")] HttpRequest request, string mystery) => new ContentResult { Content = mystery };
    }

    private static class BadRoute
    {
        [Function(nameof(BadRoute))]
        public static IActionResult Run([HttpTrigger("get", Route = "things/{id")] HttpRequest request, string id) => new ContentResult { Content = id };
    }

    private static class SameRoute
    {
        [Function("one")]
        public static IActionResult One([HttpTrigger("get", "post", Route = "same")] HttpRequest request) => new OkResult();

        [Function("two")]
        public static IActionResult Two([HttpTrigger("post", Route = "Same")] HttpRequest request) => new OkResult();
    }

    private static class SameName
    {
        [Function("twice")]
        public static IActionResult One([HttpTrigger("get", Route = "a")] HttpRequest request) => new OkResult();

        [Function("Twice")]
        public static IActionResult Two([HttpTrigger("get", Route = "b")] HttpRequest request) => new OkResult();
    }

    private static class WrongResult
    {
        [Function(nameof(WrongResult))]
        public static Task<string> Run([HttpTrigger("get")] HttpRequest request) => Task.FromResult("");
    }

    private static class WrongRequest
    {
        [Function(nameof(WrongRequest))]
        public static IActionResult Run([HttpTrigger("get")] string request) => new ContentResult { Content = request };
    }

    private static class NotPublic
    {
        [Function(nameof(NotPublic))]
        internal static IActionResult Run([HttpTrigger("get")] HttpRequest request) => new OkResult();
    }

    private static class NoTrigger
    {
        [Function(nameof(NoTrigger))]
        public static IActionResult Run(HttpRequest request) => new OkResult();
    }

    private static class AsyncVoid
    {
        [Function(nameof(AsyncVoid))]
        public static async void Run([HttpTrigger("get")] HttpRequest request) => await Task.Yield();
    }

    private static class BadName
    {
        [Function("1 name")]
        public static IActionResult Run([HttpTrigger("get")] HttpRequest request) => new OkResult();
    }

    private static class WrongClient
    {
        [Function(nameof(WrongClient))]
        public static IActionResult Run([HttpTrigger("get")] HttpRequest request, [DurableClient] string client) => new ContentResult { Content = client };
    }
}
