using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Spectrum.PrivacyFlows.Pages;
using TestFunctions;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Http;

/// <summary>Calls that go wrong: by the function, by the caller, by their size or number.</summary>
public sealed class HttpFailureTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAFunctionThatThrows_WhenCalled_Then500WithoutDetail()
    {
        await using var host = await HostUnderTest.StartAsync(
            azurite, book => book.Page("fails", _ => throw new InvalidOperationException("not for the caller")));
        using var response = await host.Http.GetAsync("api/pages/fails", Cancellation);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("not for the caller", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains(
            host.Log.All, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("'Page'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenARouteValueOfAnotherKind_WhenCalled_ThenItIsNoSuccess()
    {
        await using var host = await HostUnderTest.StartAsync(azurite);
        using var response = await host.Http.GetAsync("api/things/seven", Cancellation);
        Assert.False(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task GivenACallerThatGoesAway_WhenTheFunctionRuns_ThenItIsToldToStop()
    {
        var (waiting, cancelled) = (Source(), Source());
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Page("waits", async (_, cancellation) =>
        {
            await using var registration = cancellation.Register(() => cancelled.TrySetResult());
            waiting.SetResult();
            await Task.Delay(TimeSpan.FromMinutes(5), cancellation);
            return new OkResult();
        }));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var call = host.Http.GetAsync("api/pages/waits", patience.Token);
        await waiting.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
    }

    [Fact]
    public async Task GivenABodyOver100MB_WhenSent_ThenItIsRefusedAndTheFunctionDoesNotAnswer()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, book => book.Page("takes", async (request, cancellation) =>
        {
            await request.Body.CopyToAsync(Stream.Null, cancellation);
            return new OkResult();
        }));
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, host.App.BaseAddress.Port, Cancellation);
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /api/pages/takes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857601\r\n\r\n"), Cancellation);
        var answer = await new StreamReader(tcp.GetStream()).ReadLineAsync(Cancellation);
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenTheLimitsOfHostJson_WhenMoreCallsCome_ThenSomeWaitAndTheRestAreToldToComeAgain()
    {
        var (running, release) = (0, Source());
        var full = Source();
        await using var host = await HostUnderTest.StartAsync(
            azurite,
            book => book.Page("waits", async (_, _) =>
            {
                if (Interlocked.Increment(ref running) == 2)
                    full.TrySetResult();
                await release.Task;
                return new OkResult();
            }),
            "--AzureFunctionsJobHost:extensions:http:maxConcurrentRequests=2",
            "--AzureFunctionsJobHost:extensions:http:maxOutstandingRequests=3");
        var first = new[] { CallAsync(), CallAsync() };
        await full.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        // Of two more, one waits its turn and one is turned away, whichever comes first.
        var more = new List<Task<HttpStatusCode>> { CallAsync(), CallAsync() };
        var refused = await Task.WhenAny(more);
        Assert.Equal(HttpStatusCode.TooManyRequests, await refused);
        Assert.Equal(2, running);
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("local/clock", Cancellation)).StatusCode);
        release.SetResult();
        more.Remove(refused);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], await Task.WhenAll([.. first, .. more]));

        async Task<HttpStatusCode> CallAsync()
        {
            using var response = await host.Http.GetAsync("api/pages/waits", Cancellation);
            return response.StatusCode;
        }
    }

    private static TaskCompletionSource Source() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
