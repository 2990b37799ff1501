using System.Diagnostics.CodeAnalysis;
using LocalFunctions;
using LocalFunctions.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Spectrum.PrivacyFlows.Tests.Runtime.Http;

[SuppressMessage("Performance", "CA1859", Justification = "Functions have the shapes that an app gives them.")]
public sealed class HttpMistakeTests(AzuriteFixture azurite)
{
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
