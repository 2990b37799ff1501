using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LocalFunctions.Hosting;
using LocalFunctions.Http;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Http;

public sealed class ClockEndpointTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_tells_the_time_and_moves_it_and_answers_when_all_is_done()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(ClockEndpointTests));
        var keeper = new SlowKeeper(HostUnderTest.Start.AddDays(2));
        using var _ = host.Host.Clock.Register(keeper);

        Assert.Equal(HostUnderTest.Start, await NowAsync(await host.Client.GetAsync("/local/clock", Cancellation)));
        Assert.Equal(HostUnderTest.Start.AddDays(8), await NowAsync(await PostAsync(host, """{"advance":"P8D"}""")));

        Assert.True(keeper.Done);
        Assert.Equal(HostUnderTest.Start.AddDays(8), host.Host.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_body_of_unknown_length_will_do_and_one_too_long_will_not()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(ClockEndpointTests));

        Assert.Equal(HostUnderTest.Start.AddDays(8), await NowAsync(await host.Client.PostAsJsonAsync("/local/clock", new { advance = "P8D" }, Cancellation)));
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
    public async Task Bad_input_is_answered_400_with_a_reason_and_moves_nothing(string body)
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(ClockEndpointTests));

        using var response = await PostAsync(host, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.NotEqual("", answer.RootElement.GetProperty("error").GetString());
        Assert.Equal(HostUnderTest.Start, host.Host.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Other_sites_pages_cannot_move_it(string header, string value)
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(ClockEndpointTests));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/local/clock") { Content = new StringContent("""{"advance":"P8D"}""") };
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await host.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(HostUnderTest.Start, host.Host.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Nothing_listens_on_an_address_that_others_reach()
    {
        await using var host = await HostUnderTest.StartAsync(azurite, typeof(ClockEndpointTests));
        var others = Dns.GetHostAddresses(Dns.GetHostName()).Where(address => !IPAddress.IsLoopback(address)).ToList();
        Assert.SkipWhen(others.Count == 0, "This machine has no address but loopback.");

        foreach (var address in others)
        {
            using var tcp = new System.Net.Sockets.TcpClient(address.AddressFamily);
            await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(async () => await tcp.ConnectAsync(address, host.Host.BaseAddress.Port, Cancellation));
        }
    }

    [Theory]
    [InlineData("P8D", 8 * 24 * 60)]
    [InlineData("PT36H", 36 * 60)]
    [InlineData("PT15M", 15)]
    [InlineData("P2W", 14 * 24 * 60)]
    [InlineData("P1DT2H3M", (26 * 60) + 3)]
    [InlineData("PT90S", 1.5)]
    [InlineData("P0D", 0)]
    public void Durations_of_a_fixed_length_are_understood(string text, double minutes)
    {
        Assert.True(IsoDuration.TryParse(text, out var duration, out var reason), reason);
        Assert.Equal(TimeSpan.FromMinutes(minutes), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1Y")]
    [InlineData("P1M")]
    [InlineData("P1H")]
    [InlineData("8D")]
    [InlineData("-P1D")]
    [InlineData("P-1D")]
    [InlineData(" P1D")]
    [InlineData("P1D\n")]
    [InlineData("P4000D")]
    [InlineData("P999999999W")]
    public void Others_are_refused_with_a_reason(string text)
    {
        Assert.False(IsoDuration.TryParse(text, out _, out var reason));
        Assert.NotEqual("", reason);
    }

    private static async Task<HttpResponseMessage> PostAsync(HostUnderTest host, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await host.Client.PostAsync("/local/clock", content, Cancellation);
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
