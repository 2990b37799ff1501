using System.Net;
using LocalHost.Http;
using LocalHost.Setup;
using LocalHost.Worker;
using LocalHost.Worker.Rpc;
using LocalMachine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Spectrum.PrivacyFlows.Operations.Health;

namespace Spectrum.PrivacyFlows.Tests.LocalHost.Http;

/// <summary>Which function an address and a method find.</summary>
public sealed class RouteTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAddressesAndMethods_WhenAsked_ThenTheyFindTheirFunctionOrNone()
    {
        await using var host = await HostUnderTest.StartAsync(azurite);
        (string Method, string Path, HttpStatusCode Status, string Body)[] expected =
        [
            ("GET", "/api/things/7", HttpStatusCode.OK, "thing 7"),
            ("POST", "/api/things/7", HttpStatusCode.OK, "thing 7"),
            ("DELETE", "/api/things/7", HttpStatusCode.MethodNotAllowed, ""),
            ("HEAD", "/api/things/7", HttpStatusCode.MethodNotAllowed, ""),
            ("GET", "/things/7", HttpStatusCode.NotFound, ""),
            ("GET", "/api/nothing", HttpStatusCode.NotFound, ""),
            ("GET", "/api/papers/a/b%20c.txt", HttpStatusCode.OK, "paper a/b c.txt a/b c.txt"),
            ("GET", "/api/papers", HttpStatusCode.OK, "paper  "),
            ("GET", "/api/THINGS/7", HttpStatusCode.OK, "thing 7"),
            ("PATCH", "/api/NoRoute", HttpStatusCode.OK, "no route"),
            ("GET", "/api/NoRoute", HttpStatusCode.OK, "no route"),
        ];
        List<(string, string, HttpStatusCode, string)> found = [];
        foreach (var (method, path, _, _) in expected)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var response = await host.Http.SendAsync(request, Cancellation);
            found.Add((method, path, response.StatusCode, response.IsSuccessStatusCode
                ? await response.Content.ReadAsStringAsync(Cancellation) : ""));
        }
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("v1/x", "v1/x/same", "api/same")]
    [InlineData("/v1/", "v1/same", "same")]
    [InlineData("", "same", "api/same")]
    [InlineData(null, "api/same", "same")]
    public async Task GivenAPrefixOfHostJson_WhenAsked_ThenAddressesBeginWithIt(string? prefix, string known, string unknown)
    {
        using var clock = new LocalClock();
        using var port = LoopbackPort.Reserve(0);
        await using var door = await OpenAsync(port, clock, prefix, Http("One", "same", """["post"]"""));
        using var http = new HttpClient { BaseAddress = port.Address };
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.GetAsync(known, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(unknown, Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("""["get","post"]""", """["post"]""", "POST /api/same")]
    [InlineData("""["get"]""", """["get","put"]""", "GET /api/same")]
    [InlineData("null", "null", "any method /api/same")]
    public async Task GivenTwoFunctionsOfOneAddress_WhenStarted_ThenBothAreNamed(string first, string second, string what)
    {
        using var port = LoopbackPort.Reserve(0);
        using var clock = new LocalClock();
        var refusal = await Assert.ThrowsAsync<LocalSetupException>(
            () => OpenAsync(port, clock, null, Http("One", "same", first), Http("Two", "SAME", second)));
        Assert.StartsWith("Two and One both answer", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith($"{what}.", refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<FrontDoor> OpenAsync(LoopbackPort port, LocalClock clock, string? prefix, params Function[] functions)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new("AzureFunctionsJobHost:extensions:http:routePrefix", prefix)]).Build();
        var (worker, announcements) = (new Uri("http://localhost/"), new Announcements(silent: true));
        return FrontDoor.OpenAsync(port, settings, functions, null!, worker, clock, announcements, NullLoggerFactory.Instance);
    }

    private static Function Http(string name, string route, string methods) => new(new FunctionEntry
    {
        FunctionId = name,
        Name = name,
        RawBindings = { $$"""{"name":"request","type":"httpTrigger","direction":"In","route":"{{route}}","methods":{{methods}}}""" },
    });
}
