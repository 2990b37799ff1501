using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using LocalFunctions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Http;

[SuppressMessage("Performance", "CA1859", Justification = "Functions have the shapes that an app gives them.")]
public sealed class HttpFailureTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
}
