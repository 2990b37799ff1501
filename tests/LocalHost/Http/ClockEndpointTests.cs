using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LocalMachine;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Http;

public sealed class ClockEndpointTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenSomethingDue_WhenMovedPastIt_ThenItAnswersWhenThatIsDone()
    {
        await using var host = await HostUnderTest.StartAsync(azurite);
        var keeper = new SlowKeeper(HostUnderTest.Start.AddDays(2));
        using var _ = host.App.Clock.Register(keeper);

        Assert.Equal(HostUnderTest.Start, await NowAsync(await host.Http.GetAsync("/local/clock", Cancellation)));
        Assert.Equal(HostUnderTest.Start.AddDays(8), await NowAsync(await PostAsync(host, """{"advance":"P8D"}""")));

        Assert.True(keeper.Done);
        Assert.Equal(HostUnderTest.Start.AddDays(8), host.App.Clock.GetUtcNow());
    }

    [Fact]
    public async Task GivenABody_WhenItsLengthIsUnknown_ThenItWillDoAndOneTooLongWillNot()
    {
        await using var host = await HostUnderTest.StartAsync(azurite);

        Assert.Equal(HostUnderTest.Start.AddDays(8),
            await NowAsync(await host.Http.PostAsJsonAsync("/local/clock", new { advance = "P8D" }, Cancellation)));
        using var answer = await PostAsync(host, new string(' ', 5000) + """{"advance":"P8D"}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"advance":8}""")]
    [InlineData("""{"advance":"8 days"}""")]
    [InlineData("""{"advance":"P1M"}""")]
    [InlineData("""{"advance":"-P1D"}""")]
    public async Task GivenBadInput_WhenSent_Then400WithAReasonAndNothingMoves(string body)
    {
        await using var host = await HostUnderTest.StartAsync(azurite);

        using var response = await PostAsync(host, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.NotEqual("", answer.RootElement.GetProperty("error").GetString());
        Assert.Equal(HostUnderTest.Start, host.App.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task GivenAnotherSitesPage_WhenItCalls_ThenItIsForbidden(string header, string value)
    {
        await using var host = await HostUnderTest.StartAsync(azurite);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/local/clock");
        request.Content = new StringContent("""{"advance":"P8D"}""");
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(HostUnderTest.Start, host.App.Clock.GetUtcNow());
    }

    [Fact]
    public async Task GivenAnAddressThatOthersReach_WhenCalled_ThenNobodyListens()
    {
        await using var host = await HostUnderTest.StartAsync(azurite);
        var others = Dns.GetHostAddresses(Dns.GetHostName()).Where(address => !IPAddress.IsLoopback(address)).ToList();
        Assert.SkipWhen(others.Count == 0, "This machine has no address but loopback.");

        foreach (var address in others)
        {
            using var tcp = new System.Net.Sockets.TcpClient(address.AddressFamily);
            await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(
                async () => await tcp.ConnectAsync(address, host.App.BaseAddress.Port, Cancellation));
        }
    }

    private static async Task<HttpResponseMessage> PostAsync(HostUnderTest host, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await host.Http.PostAsync("/local/clock", content, Cancellation);
    }

    private static async Task<DateTimeOffset> NowAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        return answer.RootElement.GetProperty("now").GetDateTimeOffset();
    }

    private sealed class SlowKeeper(DateTimeOffset due) : ITimekeeper
    {
        public bool Done { get; private set; }

        public DateTimeOffset? NextDue => Done ? null : due;

        public async Task SettleAsync(CancellationToken cancellation)
        {
            if (NextDue is null)
                return;
            await Task.Delay(100, cancellation);
            Done = true;
        }
    }
}
